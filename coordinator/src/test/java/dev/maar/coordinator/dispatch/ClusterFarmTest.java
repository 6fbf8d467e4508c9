package dev.maar.coordinator.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.maar.agent.job.Delivery;
import dev.maar.agent.job.JobJson;
import dev.maar.agent.job.JobResult;
import dev.maar.agent.lease.Answer;
import dev.maar.agent.lease.Call;
import dev.maar.agent.lease.ClusterSettings;
import dev.maar.agent.lease.Intake;
import dev.maar.agent.lease.RefusedException;
import dev.maar.agent.lease.Sealed;
import dev.maar.agent.lease.Secret;
import dev.maar.agent.lease.Wire;
import dev.maar.coordinator.store.Farm;
import dev.maar.coordinator.store.Store;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real coordinator and real agents, each a member of a real cluster on loopback; only the work is none. */
@Timeout(120)
final class ClusterFarmTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private int port;
    private Secret secret;
    private Store store;
    private ClusterFarm farm;
    private JobBoard board;

    @BeforeEach
    void start() throws Exception {
        port = freePort();
        secret = Secret.readOrDraw(folder.resolve("secret"), Clock.systemUTC());
        store = Store.inFile(folder.resolve("maar.db"));
        store.experiments().add(Farm.experiment());
        coordinator(Duration.ofSeconds(15));
    }

    private void coordinator(final Duration lease) throws Exception {
        farm = ClusterFarm.open(
                new ClusterSettings("test", "127.0.0.1", port, List.of(), lease),
                secret,
                "1",
                store,
                Clock.systemUTC(),
                line -> {});
        board = farm.board(Farm.PLAN.id(), false);
    }

    @AfterEach
    void stop() throws Exception {
        for (final AutoCloseable each : open) {
            each.close();
        }
        farm.close();
        store.close();
    }

    @Test
    void severalAgentsDoAllJobsEachOnce() throws Exception {
        final ScriptedRunner one = new ScriptedRunner("one", false);
        final ScriptedRunner two = new ScriptedRunner("two", false);
        agent(one, "1");
        agent(two, "1");
        await().atMost(PATIENCE).until(() -> board.agents().size() == 2);
        assertThat(taken(40)).containsExactlyInAnyOrderElementsOf(ids(40));
        assertThat(one.begun()).doesNotContainAnyElementsOf(two.begun());
        assertThat(one.begun()).isNotEmpty();
        assertThat(two.begun()).isNotEmpty();
        assertThat(store.jobs().results(Farm.PLAN.id())).hasSize(40);
    }

    @Test
    void whatALeavingAgentHadIsDoneByAnother() throws Exception {
        final ScriptedRunner stuck = new ScriptedRunner("stuck", true);
        final AgentThread agent = agent(stuck, "1");
        board.post(Farm.job(0));
        await().atMost(PATIENCE).until(() -> !stuck.begun().isEmpty());
        open.remove(agent);
        agent.close();
        agent(new ScriptedRunner("other", false), "1");
        final JobResult result = board.take();
        assertThat(result).isEqualTo(new JobResult.Undone(Farm.id(0), "other", "done"));
    }

    @Test
    void whatWasDoneBeforeTheCoordinatorWasReplacedIsNotDoneAgainAndTheRestGoesOn() throws Exception {
        final ScriptedRunner runner = new ScriptedRunner("one", false);
        agent(runner, "1");
        assertThat(taken(5)).hasSize(5);
        farm.close();
        coordinator(Duration.ofSeconds(15));
        assertThat(taken(10)).containsExactlyInAnyOrderElementsOf(ids(10));
        assertThat(runner.begun()).doesNotHaveDuplicates().hasSize(10);
    }

    @Test
    void aJobWhoseAgentIsNotHeardOfIsHandedOutAgainAfterItsLease() throws Exception {
        // Handed out by an earlier coordinator to an agent that never comes back: nobody leaves, only time tells.
        store.jobs().post(Farm.job(0), Farm.NOW);
        store.jobs().lease(Farm.id(0), "gone");
        farm.close();
        coordinator(Duration.ofSeconds(2));
        agent(new ScriptedRunner("other", false), "1");
        board.post(Farm.job(0));
        assertThat(board.take().agent()).isEqualTo("other");
    }

    @Test
    void anAgentOfAnotherVersionGetsNoJobAndIsToldSo() throws Exception {
        final ScriptedRunner old = new ScriptedRunner("old", false);
        final AgentThread agent = agent(old, "0.9");
        board.post(Farm.job(0));
        await().atMost(PATIENCE).until(() -> agent.told().stream().anyMatch(line -> line.contains("version 0.9")));
        agent(new ScriptedRunner("new", false), "1");
        assertThat(board.take().agent()).isEqualTo("new");
        assertThat(old.begun()).isEmpty();
    }

    @Test
    void whoHasNotTheSecretIsRefusedAndCountedAndWhatIsReplayedHasNoEffect() throws Exception {
        agent(new ScriptedRunner("one", false), "1");
        assertThat(taken(1)).hasSize(1);
        final HazelcastInstance rogue = rogue();
        final String forged =
                new JobJson().write(new Delivery(new JobResult.Undone(Farm.id(0), "one", "forged"), 1, 1));
        final Secret other = Secret.readOrDraw(folder.resolve("other"), Clock.systemUTC());
        assertThat(call(rogue, other.seal(Intake.DELIVERY, "", forged)).code()).isEqualTo(Answer.REFUSED);
        assertThat(call(rogue, new Sealed(Intake.DELIVERY, "", "k1", Long.MAX_VALUE, forged, ""))
                        .code())
                .isEqualTo(Answer.REFUSED);
        final String large = "x".repeat(Secret.MOST_CHARACTERS + 1);
        assertThat(call(rogue, new Sealed(Intake.DELIVERY, "", "k1", 0, large, ""))
                        .code())
                .isEqualTo(Answer.REFUSED);
        assertThat(farm.refused())
                .containsEntry(RefusedException.Reason.UNSIGNED, 2L)
                .containsEntry(RefusedException.Reason.OVERSIZED, 1L);
        final Sealed replayed = secret.seal(
                Intake.DELIVERY,
                "",
                new JobJson()
                        .write(new Delivery(store.jobs().results(Farm.PLAN.id()).get(0), 1, 1)));
        assertThat(call(rogue, replayed).code()).isEqualTo(Answer.DUPLICATE);
        assertThat(call(rogue, replayed).code()).isEqualTo(Answer.DUPLICATE);
        assertThat(store.jobs().results(Farm.PLAN.id()))
                .containsExactly(new JobResult.Undone(Farm.id(0), "one", "done"));
    }

    @Test
    void nothingButTheFarmsOwnTypesIsMadeFromBytes() throws Exception {
        final HazelcastInstance rogue = rogue();
        final Member coordinator = rogue.getCluster().getMembers().iterator().next();
        assertThat(rogue.getExecutorService(Wire.CALLS).submitToMember(new Foreign(), coordinator))
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .havingRootCause()
                .withMessageContaining("Foreign");
    }

    /** Code that somebody would like to run in the coordinator. */
    private static final class Foreign implements java.util.concurrent.Callable<String>, java.io.Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public String call() {
            return "run";
        }
    }

    private static Answer call(final HazelcastInstance member, final Sealed sealed) throws Exception {
        final Member coordinator = member.getCluster().getMembers().stream()
                .filter(each -> Wire.COORDINATOR.equals(each.getAttribute(Wire.ROLE)))
                .findFirst()
                .orElseThrow();
        return member.getExecutorService(Wire.CALLS)
                .submitToMember(new Call(sealed), coordinator)
                .get();
    }

    /** A member that knows the cluster's name and address, and nothing else; it may send what it likes. */
    private HazelcastInstance rogue() throws IOException {
        final Config config = Wire.coordinator(new ClusterSettings(
                "test", "127.0.0.1", freePort(), List.of("127.0.0.1:" + port), Duration.ofSeconds(15)));
        config.getMemberAttributeConfig().setAttribute(Wire.ROLE, "rogue");
        config.setLiteMember(true);
        final HazelcastInstance member = Hazelcast.newHazelcastInstance(config);
        open.add(member::shutdown);
        return member;
    }

    private AgentThread agent(final ScriptedRunner runner, final String version) throws IOException {
        final AgentThread agent = new AgentThread(
                runner,
                new ClusterSettings(
                        "test", "127.0.0.1", freePort(), List.of("127.0.0.1:" + port), Duration.ofSeconds(15)),
                secret,
                version,
                folder.resolve("spool-" + runner.facts().id()));
        open.add(agent);
        return agent;
    }

    private List<String> taken(final int jobs) throws InterruptedException {
        IntStream.range(0, jobs).forEach(number -> board.post(Farm.job(number)));
        final List<String> taken = new ArrayList<>();
        for (int number = 0; number < jobs; number++) {
            taken.add(board.take().job());
        }
        return taken;
    }

    private static List<String> ids(final int jobs) {
        return IntStream.range(0, jobs).mapToObj(Farm::id).toList();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
