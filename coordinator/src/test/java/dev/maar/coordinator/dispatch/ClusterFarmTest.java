package dev.maar.coordinator.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import dev.maar.agent.job.Delivery;
import dev.maar.agent.job.JobJson;
import dev.maar.agent.job.JobResult;
import dev.maar.agent.lease.Answer;
import dev.maar.agent.lease.Ask;
import dev.maar.agent.lease.Call;
import dev.maar.agent.lease.ClusterSettings;
import dev.maar.agent.lease.Intake;
import dev.maar.agent.lease.Leased;
import dev.maar.agent.lease.RefusedException;
import dev.maar.agent.lease.Sealed;
import dev.maar.agent.lease.Secret;
import dev.maar.agent.lease.Wanted;
import dev.maar.agent.lease.Wire;
import dev.maar.agent.source.Packer;
import dev.maar.coordinator.store.Farm;
import dev.maar.coordinator.store.Store;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
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
                sha256 -> Packer.find(folder.resolve("packs"), sha256),
                Clock.systemUTC(),
                line -> {});
        board = farm.board(Farm.PLAN.id(), new Terms(Terms.ORDINARY, false));
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
    void whatComesOfAnInterruptedJobIsNotItsResult() throws Exception {
        final ScriptedRunner stuck = new ScriptedRunner("stuck", true).spoilt();
        final AgentThread agent = agent(stuck, "1");
        board.post(Farm.job(0));
        await().atMost(PATIENCE).until(() -> !stuck.begun().isEmpty());
        open.remove(agent);
        agent.close();
        assertThat(agent.told()).contains("gives " + Farm.id(0) + " back");
        final ScriptedRunner again = new ScriptedRunner("stuck", false);
        agent(again, "1");
        assertThat(board.take().job()).isEqualTo(Farm.id(0));
        assertThat(again.begun()).containsExactly(Farm.id(0));
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
    void aRunForAgentsWithASandboxGivesNoJobToOneWithout() throws Exception {
        board.close();
        board = farm.board(Farm.PLAN.id(), new Terms(Terms.ORDINARY, true));
        final ScriptedRunner bare = new ScriptedRunner("bare", false);
        final AgentThread agent = agent(bare, "1");
        board.post(Farm.job(0));
        awaitTold(agent, "gets no work now: the run is for agents with a sandbox; start it with --sandbox bwrap");
        agent(new ScriptedRunner("confined", false, "bwrap"), "1");
        assertThat(board.take().agent()).isEqualTo("confined");
        assertThat(bare.begun()).isEmpty();
    }

    @Test
    void whoHasNotTheSecretIsRefusedAndCounted() throws Exception {
        agent(new ScriptedRunner("one", false), "1");
        assertThat(taken(1)).hasSize(1);
        final HazelcastInstance rogue = rogue();
        final String forged = delivery(new JobResult.Undone(Farm.id(0), "one", "forged"), 1);
        final Secret other = Secret.readOrDraw(folder.resolve("other"), Clock.systemUTC());
        assertRefused(rogue, other.seal(Intake.DELIVERY, "", forged));
        assertRefused(rogue, new Sealed(Intake.DELIVERY, "", "k1", Long.MAX_VALUE, "", forged, ""));
        final String large = "x".repeat(Secret.MOST_CHARACTERS + 1);
        assertRefused(rogue, new Sealed(Intake.DELIVERY, "", "k1", 0, "", large, ""));
        assertRefused(rogue, earlier().seal(Intake.DELIVERY, "", forged));
        assertRefused(rogue, secret.seal(Intake.DELIVERY, "", "{}"));
        assertThat(farm.refused())
                .containsOnly(
                        Map.entry(RefusedException.Reason.UNSIGNED, 2L),
                        Map.entry(RefusedException.Reason.OVERSIZED, 1L),
                        Map.entry(RefusedException.Reason.EXPIRED, 1L),
                        Map.entry(RefusedException.Reason.MALFORMED, 1L));
        assertOneResultCounts();
    }

    @Test
    void whatIsSentASecondTimeIsRefusedAndWhatIsLateIsStaleAndBothAreCounted() throws Exception {
        agent(new ScriptedRunner("one", false), "1");
        assertThat(taken(1)).hasSize(1);
        final HazelcastInstance rogue = rogue();
        // Deliveries that an agent sealed, as somebody sees them who listens on the network.
        final JobResult counted = store.jobs().results(Farm.PLAN.id()).get(0);
        final Sealed again = secret.seal(Intake.DELIVERY, "", delivery(counted, 1));
        assertThat(call(rogue, again).code()).isEqualTo(Answer.DUPLICATE);
        assertRefused(rogue, again);
        final Sealed ask =
                secret.seal(Intake.ASK, "", new JobJson().write(new Ask(Farm.agent("nobody"), "1", "no-such-member")));
        assertThat(call(rogue, ask).code()).isEqualTo(Answer.WELCOME);
        assertRefused(rogue, ask);
        final Sealed late =
                secret.seal(Intake.DELIVERY, "", delivery(new JobResult.Undone(Farm.id(0), "one", "late"), 0));
        assertThat(call(rogue, late).code()).isEqualTo(Answer.STALE);
        assertThat(farm.refused())
                .containsOnly(
                        Map.entry(RefusedException.Reason.REPLAYED, 2L), Map.entry(RefusedException.Reason.STALE, 1L));
        assertOneResultCounts();
    }

    @Test
    void anAgentDoesNoJobThatNobodyWithTheSecretOfferedOrThatItHasDone() throws Exception {
        final IMap<String, Leased> leases = rogue().getMap(Wire.LEASES);
        final BlockingQueue<Leased> seen = new LinkedBlockingQueue<>();
        leases.addEntryListener((EntryAddedListener<String, Leased>) event -> seen.add(event.getValue()), true);
        final ScriptedRunner runner = new ScriptedRunner("one", false);
        final AgentThread agent = agent(runner, "1");
        assertThat(taken(1)).hasSize(1);
        final Leased offer = seen.take();
        await().atMost(PATIENCE).until(() -> !leases.containsKey(Farm.id(0)));
        leases.put(Farm.id(0), new Leased(Leased.OFFERED, "one", offer.token(), 0, offer.job()));
        awaitTold(agent, "refused a job, " + Farm.id(0) + ": it was taken before (1 refused so far)");
        leases.put(Farm.id(1), new Leased(Leased.OFFERED, "one", 7, 0, offer.job()));
        awaitTold(agent, "refused a job, " + Farm.id(1) + ": not signed with the farm's secret (2 refused so far)");
        assertThat(runner.begun()).containsExactly(Farm.id(0));
        assertOneResultCounts();
    }

    @Test
    void whatIsNoLeaseIsRemovedFromTheLeasesAndTheWorkGoesOn() throws Exception {
        final ScriptedRunner runner = new ScriptedRunner("one", false);
        agent(runner, "1");
        final IMap<Object, Object> leases = rogue().getMap(Wire.LEASES);
        leases.put(Farm.id(1), "no lease");
        leases.put(7, "no job either");
        leases.put(Farm.id(2), new java.util.BitSet());
        assertThat(taken(10)).containsExactlyInAnyOrderElementsOf(ids(10));
        await().atMost(PATIENCE).until(() -> leases.isEmpty());
        assertThat(farm.refused()).containsExactly(Map.entry(RefusedException.Reason.MALFORMED, 3L));
        assertThat(runner.begun()).doesNotHaveDuplicates();
        assertThat(store.jobs().results(Farm.PLAN.id())).hasSize(10);
    }

    private static void awaitTold(final AgentThread agent, final String line) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(agent.told()).contains(line));
    }

    private void assertRefused(final HazelcastInstance rogue, final Sealed sealed) throws Exception {
        assertThat(call(rogue, sealed).code()).isEqualTo(Answer.REFUSED);
    }

    private void assertOneResultCounts() throws Exception {
        assertThat(store.jobs().results(Farm.PLAN.id()))
                .containsExactly(new JobResult.Undone(Farm.id(0), "one", "done"));
    }

    private static String delivery(final JobResult result, final long token) {
        return new JobJson().write(new Delivery(result, token, 1));
    }

    /** The farm's secret as it sealed an hour ago. */
    private Secret earlier() throws IOException {
        return Secret.read(folder.resolve("secret"), Clock.offset(Clock.systemUTC(), Duration.ofHours(-1)));
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

    @Test
    void packsAreGivenToWhoHasTheSecretAndNothingElseIs() throws Exception {
        final HazelcastInstance rogue = rogue();
        final JobJson json = new JobJson();
        final String sha256 = "ab".repeat(32);
        final byte[] bytes = {1, 2, 3, 4, 5};
        Files.write(Files.createDirectory(folder.resolve("packs")).resolve(sha256 + ".pack"), bytes);

        final Answer portion = call(rogue, secret.seal(Intake.CONTENT, "", json.write(new Wanted(sha256, 1, 3))));
        assertThat(portion).isEqualTo(new Answer(Answer.PORTION, "AgME"));
        assertThat(call(rogue, secret.seal(Intake.CONTENT, "", json.write(new Wanted(sha256, 4, 100)))))
                .isEqualTo(new Answer(Answer.PORTION, "BQ=="));
        assertThat(call(rogue, secret.seal(Intake.CONTENT, "", json.write(new Wanted("../secret", 0, 100))))
                        .code())
                .isEqualTo(Answer.UNKNOWN);
        assertRefused(rogue, secret.seal(Intake.CONTENT, "", json.write(new Wanted(sha256, -1, 3))));
        assertRefused(rogue, secret.seal(Intake.CONTENT, "", json.write(new Wanted(sha256, 0, Wanted.MOST + 1))));
        final Secret other = Secret.readOrDraw(folder.resolve("other"), Clock.systemUTC());
        assertRefused(rogue, other.seal(Intake.CONTENT, "", json.write(new Wanted(sha256, 0, 3))));
    }

    @Test
    void anUrgentExperimentOvertakesTheOneThatIsOnAndBothAreCompleted() throws Exception {
        final ScriptedRunner held = new ScriptedRunner("one", true);
        final AgentThread first = agent(held, "1");
        IntStream.range(0, 5).forEach(number -> board.post(Farm.job(number)));
        await().atMost(PATIENCE).until(() -> !held.begun().isEmpty());
        store.experiments().add(Farm.experiment("urgent"));
        final JobBoard urgent = farm.board("urgent", new Terms(Terms.URGENT, false));
        IntStream.range(0, 3).forEach(number -> urgent.post(Farm.job("urgent", number)));
        open.remove(first);
        first.close();
        final ScriptedRunner runner = new ScriptedRunner("two", false);
        agent(runner, "1");

        for (int number = 0; number < 3; number++) {
            assertThat(urgent.take().job()).startsWith("urgent/");
        }
        for (int number = 0; number < 5; number++) {
            assertThat(board.take().job()).startsWith(Farm.PLAN.id());
        }
        assertThat(runner.begun()).hasSize(8);
        assertThat(runner.begun().subList(0, 3)).allMatch(job -> job.startsWith("urgent/"));
        urgent.close();
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

    private AgentThread agent(final ScriptedRunner runner, final String version)
            throws IOException, InterruptedException {
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
