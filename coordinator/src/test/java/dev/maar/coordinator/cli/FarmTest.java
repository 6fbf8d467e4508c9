package dev.maar.coordinator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maar.agent.job.JobResult;
import dev.maar.agent.job.Verdict;
import dev.maar.coordinator.plan.RunFolder;
import dev.maar.coordinator.report.AdopterReport;
import dev.maar.coordinator.report.Report;
import dev.maar.coordinator.report.ReportJson;
import dev.maar.coordinator.store.Lease;
import dev.maar.coordinator.store.Store;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A farm of three processes, a coordinator and two agents on loopback, that does real builds and real measurements, and is hurt. */
final class FarmTest {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir
    private Path folder;

    private final Map<String, Process> processes = new HashMap<>();
    private MiniCrater world;
    private int port;

    @BeforeEach
    void world() throws IOException, InterruptedException {
        world = new MiniCrater(Files.createDirectory(folder.resolve("world")).toRealPath());
        world.source("uses-gone", MiniCrater.usesWhatIsGone("uses-gone"));
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
    }

    @AfterEach
    void endAll() throws InterruptedException {
        for (final Process process : processes.values()) {
            process.destroyForcibly().waitFor();
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.processes()).isEmpty());
    }

    @Test
    void whatAKilledAgentHadIsHandedOutAgainAndCountsOnce() throws Exception {
        held("held");
        final Process coordinator = coordinator("first", "--stages", "build");
        agent("one");
        agent("two");
        await().atMost(PATIENCE).until(() -> Files.exists(begun("held")));
        final Lease held = lease("held").orElseThrow();
        process(held.owner()).destroyForcibly().waitFor();
        await().atMost(PATIENCE).until(() -> lease("held").filter(lease -> lease.token() == 2)
                .isPresent());
        letGo("held");

        assertEnded(coordinator, "first");
        assertThat(results()).extracting(JobResult::job).doesNotHaveDuplicates().hasSize(2);
        assertThat(agentOf(held)).isEqualTo(held.owner().equals("one") ? "two" : "one");
        assertThat(verdicts())
                .containsEntry("uses-gone", Verdict.REGRESSED)
                .containsEntry("held", Verdict.UNCHANGED);
    }

    @Test
    void anAgentThatIsToEndFinishesWhatItHasOrGivesItBack() throws Exception {
        held("held");
        held("other");
        final Process coordinator = coordinator("first", "--stages", "build");
        agent("one", "--drain", "240");
        agent("two", "--drain", "240");
        await().atMost(PATIENCE).until(() -> Files.exists(begun("held")) && Files.exists(begun("other")));
        final Lease finished = lease("held").orElseThrow();
        signal("TERM", process(finished.owner()));
        await().atMost(PATIENCE).until(() -> said(finished.owner()).contains("takes no more jobs"));
        letGo("held");
        assertThat(process(finished.owner()).waitFor(4, TimeUnit.MINUTES)).isTrue();
        assertThat(process(finished.owner()).exitValue()).isEqualTo(ExitCode.INTERRUPTED);

        assertThat(results()).extracting(JobResult::job).contains(finished.job().id());
        final Lease back = lease("other").orElseThrow();
        agent("hasty", "--drain", "0");
        process(back.owner()).destroyForcibly().waitFor();
        await().atMost(PATIENCE).until(() -> said("hasty").contains("doing " + back.job().id()));
        signal("TERM", process("hasty"));
        assertThat(process("hasty").waitFor(4, TimeUnit.MINUTES)).isTrue();
        assertThat(said("hasty")).contains("gives " + back.job().id() + " back");
        agent("last");
        letGo("other");

        assertEnded(coordinator, "first");
        assertThat(results()).extracting(JobResult::job).doesNotHaveDuplicates().hasSize(3);
        assertThat(agentOf(finished)).isEqualTo(finished.owner());
        assertThat(agentOf(back)).isEqualTo("last");
    }

    @Test
    void aKilledCoordinatorGoesOnWhereItWasAndNothingDeliveredIsDoneAgain() throws Exception {
        world.adopter("steady", "", "", "");
        world.adopter("differs", "", "", " + (b() ? 1 : 0)");
        final Process first = coordinator("first");
        agent("one");
        agent("two");
        await().atMost(PATIENCE).until(() -> results().size() >= 5);
        first.destroyForcibly().waitFor();
        final List<JobResult> before = results();
        final Process second = coordinator("second");

        assertEnded(second, "second");
        assertThat(said("second")).contains("goes on with");
        assertThat(results()).containsAll(before).extracting(JobResult::job).doesNotHaveDuplicates();
        final List<String> done = (said("one") + said("two"))
                .lines()
                .filter(line -> line.contains(": doing "))
                .map(line -> line.replaceAll(".*: doing ([^,]*?)(, handed out for the .*)?$", "$1"))
                .toList();
        for (final JobResult result : before) {
            assertThat(done).filteredOn(result.job()::equals).hasSize(1);
        }
        assertThat(verdicts())
                .containsEntry("differs", Verdict.MISMATCH)
                .containsEntry("uses-gone", Verdict.REGRESSED)
                .hasEntrySatisfying(
                        "steady",
                        verdict -> assertThat(verdict)
                                .isIn(Verdict.UNCHANGED, Verdict.INCONCLUSIVE, Verdict.SUSPECT));
    }

    /** An adopter whose build says when it has begun, and goes on until it is let go. */
    private void held(final String name) throws IOException {
        world.script(
                name,
                "touch '%s'; while [ ! -e '%s' ]; do echo waits; sleep 0.2; done; echo built > classpath\n"
                        .formatted(begun(name), folder.resolve(name + ".go")),
                "{}");
    }

    private Path begun(final String held) {
        return folder.resolve(held + ".begun");
    }

    private void letGo(final String held) throws IOException {
        Files.createFile(folder.resolve(held + ".go"));
    }

    private static void signal(final String signal, final Process process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private void assertEnded(final Process coordinator, final String name) throws Exception {
        assertThat(coordinator.waitFor(4, TimeUnit.MINUTES)).as(said(name)).isTrue();
        assertThat(coordinator.exitValue()).as(said(name)).isEqualTo(ExitCode.REGRESSED);
    }

    private Map<String, Verdict> verdicts() throws IOException {
        final Report report = new ReportJson().read(Files.readString(world.path("run/report.json")));
        assertThat(report.experiment().status()).isEqualTo(Report.Status.COMPLETED);
        return report.adopters().stream().collect(Collectors.toMap(AdopterReport::name, AdopterReport::verdict));
    }

    /** What counts so far. */
    private List<JobResult> results() throws IOException {
        if (!Files.exists(world.path("run/plan.json"))) {
            return List.of();
        }
        try (Store store = store()) {
            return store.jobs().results(experiment());
        }
    }

    /** Who did a job that counts. */
    private String agentOf(final Lease lease) throws IOException {
        return results().stream()
                .filter(result -> result.job().equals(lease.job().id()))
                .findFirst()
                .orElseThrow()
                .agent();
    }

    /** Who has an adopter's stages now. */
    private Optional<Lease> lease(final String adopter) throws IOException {
        try (Store store = store()) {
            return store.jobs().leased(experiment()).stream()
                    .filter(lease -> lease.job().id().contains(adopter))
                    .findFirst();
        }
    }

    private Store store() throws IOException {
        return Store.inFile(world.path(".maar/maar.db"));
    }

    private String experiment() throws IOException {
        return new RunFolder(world.path("run")).plan().id();
    }

    private String said(final String process) throws IOException {
        return Files.readString(folder.resolve(process + "-err"));
    }

    private Process process(final String name) {
        return Optional.ofNullable(processes.get(name)).orElseThrow();
    }

    private Process coordinator(final String name, final String... more) throws IOException {
        final List<String> command = new ArrayList<>(List.of("coordinator", "--run", "--port", Integer.toString(port)));
        command.addAll(List.of("--subject", "tiny", "--manifests", "manifests", "--out", "run"));
        command.addAll(List.of("--a", "HEAD~1", "--b", "HEAD"));
        command.addAll(List.of(more));
        final Process process = world.startAs(name + "-", command.toArray(String[]::new));
        processes.put(name, process);
        await().atMost(PATIENCE).until(() -> Files.exists(world.path(".maar/cluster.secret")) || !process.isAlive());
        assertThat(process.isAlive()).as(said(name)).isTrue();
        return process;
    }

    private void agent(final String name, final String... more) throws IOException {
        final List<String> command =
                new ArrayList<>(List.of("agent", "--name", name, "--join", "127.0.0.1:" + port));
        command.addAll(List.of(more));
        processes.put(name, world.startAs(name + "-", command.toArray(String[]::new)));
    }
}
