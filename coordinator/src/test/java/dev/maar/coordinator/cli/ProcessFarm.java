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
import java.util.stream.Stream;

/** A farm of processes on loopback, coordinators and agents, that does real work in a {@link MiniCrater} and can be hurt. */
final class ProcessFarm implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Path folder;
    private final MiniCrater world;
    private final int port;
    private final Map<String, Process> processes = new HashMap<>();
    private Optional<Store> store = Optional.empty();

    ProcessFarm(final Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        this.world =
                new MiniCrater(Files.createDirectory(folder.resolve("world")).toRealPath());
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
    }

    MiniCrater world() {
        return world;
    }

    /** An adopter whose build says when it has begun, and goes on until it is let go. */
    void held(final String name) throws IOException {
        world.script(
                name,
                "touch '%s'; while [ ! -e '%s' ]; do echo waits; sleep 0.2; done; echo built > classpath\n"
                        .formatted(begun(name), go(name)),
                "{}");
    }

    /** An adopter whose jig comes to a wrong sum on one side; it says when it has begun, and goes on when it is let go. */
    void measuresHeld(final String name) throws IOException {
        final String wait =
                "java.nio.file.Path go = java.nio.file.Path.of(\"%s\"); java.nio.file.Files.writeString(java.nio.file.Path.of(\"%s\"), \"\");"
                                .formatted(go(name), begun(name))
                        + " while (!java.nio.file.Files.exists(go)) { Thread.sleep(100); }";
        world.adopter(name, wait, "", " + (b() ? 1 : 0)");
        final Path manifest = world.path("manifests/" + name + ".yaml");
        Files.writeString(manifest, Files.readString(manifest).replace("silence: 5s", "silence: 5m"));
    }

    private Path begun(final String held) {
        return folder.resolve(held + ".begun");
    }

    private Path go(final String held) {
        return folder.resolve(held + ".go");
    }

    void letGo(final String held) throws IOException {
        Files.createFile(go(held));
    }

    void awaitBegun(final String held) {
        await().atMost(PATIENCE).until(() -> Files.exists(begun(held)));
    }

    /** Starts a coordinator that runs, or goes on with, the experiment of the world. */
    Process coordinator(final String name, final String... more) throws IOException {
        final List<String> command = new ArrayList<>(List.of("coordinator", "--run", "--port", Integer.toString(port)));
        command.addAll(List.of("--subject", "tiny", "--manifests", "manifests", "--out", "run"));
        command.addAll(List.of("--a", "HEAD~1", "--b", "HEAD"));
        command.addAll(List.of(more));
        final Process process = start(name, command);
        await().atMost(PATIENCE).until(() -> Files.exists(world.path(".maar/cluster.secret")) || !process.isAlive());
        assertThat(process.isAlive()).as(said(name)).isTrue();
        return process;
    }

    /** Starts an agent. */
    void agent(final String name, final String... more) throws IOException {
        final List<String> command = new ArrayList<>(List.of("agent", "--name", name, "--join", "127.0.0.1:" + port));
        command.addAll(List.of(more));
        start(name, command);
    }

    /** Starts an agent that shares no folder with the coordinator; it was given the secret. */
    void agentElsewhere(final String name) throws IOException {
        agent(
                name,
                "--state",
                folder.resolve(name + "-state").toString(),
                "--secret",
                world.path(".maar/cluster.secret").toString());
    }

    /** Takes away what is built and the manifests, once everything is planned. */
    void loseCheckout() throws IOException {
        await().atMost(PATIENCE).until(() -> Files.exists(world.path("run/plan.json")));
        final Path lost = Files.createDirectory(folder.resolve("lost"));
        for (final String name : List.of(".git", "src", "build.sh", "manifests")) {
            Files.move(world.path(name), lost.resolve(name));
        }
    }

    private Process start(final String name, final List<String> command) throws IOException {
        final Process process = world.startAs(name + "-", command.toArray(String[]::new));
        processes.put(name, process);
        return process;
    }

    Process process(final String name) {
        return Optional.ofNullable(processes.get(name)).orElseThrow();
    }

    void kill(final String name) throws InterruptedException {
        process(name).destroyForcibly().waitFor();
    }

    void signal(final String signal, final String name) throws IOException, InterruptedException {
        final Process kill = new ProcessBuilder(
                        "kill", "-" + signal, Long.toString(process(name).pid()))
                .start();
        assertThat(kill.waitFor()).isZero();
    }

    /** What a process has said to its user. */
    String said(final String process) throws IOException {
        return Files.readString(folder.resolve(process + "-err"));
    }

    /** The jobs that agents have begun, by what they said. */
    List<String> begunBy(final String... agents) throws IOException {
        final List<String> begun = new ArrayList<>();
        for (final String agent : agents) {
            said(agent)
                    .lines()
                    .filter(line -> line.contains(": doing "))
                    .map(line -> line.replaceAll(".*: doing ([^,]*)(, handed out for the .*)?$", "$1"))
                    .forEach(begun::add);
        }
        return begun;
    }

    /** Waits until an agent keeps a result on its disk. */
    void awaitSpooled(final String agent) {
        final Path spool = world.path(".maar/agents/" + agent + "/spool");
        await().atMost(PATIENCE).until(() -> {
            try (Stream<Path> files = Files.list(spool)) {
                return files.anyMatch(file -> file.toString().endsWith(".json"));
            }
        });
    }

    void awaitSaid(final String process, final String words) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(said(process)).contains(words));
    }

    void assertEnded(final String process, final int code) throws IOException, InterruptedException {
        assertThat(process(process).waitFor(4, TimeUnit.MINUTES))
                .as(said(process))
                .isTrue();
        assertThat(process(process).exitValue()).as(said(process)).isEqualTo(code);
    }

    Map<String, Verdict> verdicts() throws IOException {
        final Report report = new ReportJson().read(Files.readString(world.path("run/report.json")));
        assertThat(report.experiment().status()).isEqualTo(Report.Status.COMPLETED);
        return report.adopters().stream().collect(Collectors.toMap(AdopterReport::name, AdopterReport::verdict));
    }

    /** What counts so far. */
    List<JobResult> results() throws IOException {
        if (!Files.exists(world.path("run/plan.json"))) {
            return List.of();
        }
        return store().jobs().results(experiment());
    }

    /** Who did a job that counts. */
    String agentOf(final Lease lease) throws IOException {
        return results().stream()
                .filter(result -> result.job().equals(lease.job().id()))
                .findFirst()
                .orElseThrow()
                .agent();
    }

    /** Who has a job of an adopter's now. */
    Optional<Lease> lease(final String adopter) throws IOException {
        return leases().stream()
                .filter(lease -> lease.job().id().contains("/" + adopter + "/"))
                .findFirst();
    }

    /** Waits until a job has been handed out once more; says to whom. */
    Lease awaitHandedOutAgain(final Lease before) throws IOException {
        await().atMost(PATIENCE)
                .until(() -> now(before)
                        .filter(lease -> lease.token() > before.token())
                        .isPresent());
        return now(before).orElseThrow();
    }

    private Optional<Lease> now(final Lease before) throws IOException {
        return leases().stream()
                .filter(lease -> lease.job().id().equals(before.job().id()))
                .findFirst();
    }

    private List<Lease> leases() throws IOException {
        return store().jobs().leased(experiment());
    }

    /** Opened once, for that takes longer than a question. */
    private Store store() throws IOException {
        if (store.isEmpty()) {
            store = Optional.of(Store.inFile(world.path(".maar/maar.db")));
        }
        return store.get();
    }

    private String experiment() throws IOException {
        return new RunFolder(world.path("run")).plan().id();
    }

    /** Ends all; what they started ends with them. */
    @Override
    public void close() throws InterruptedException {
        store.ifPresent(Store::close);
        for (final Process process : processes.values()) {
            process.destroyForcibly().waitFor();
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.processes()).isEmpty());
    }
}
