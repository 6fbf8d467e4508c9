package dev.maar.coordinator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.maar.agent.job.StageStatus;
import dev.maar.agent.job.Verdict;
import dev.maar.agent.sandbox.SandboxChoice;
import dev.maar.coordinator.report.AdopterReport;
import dev.maar.coordinator.report.Report;
import dev.maar.coordinator.report.ReportJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Five adopters that mean harm, as builds and as forks, through the real command line: each is contained, the others do not notice, and
 * nothing is left.
 */
final class HostileAdoptersTest {

    /** With this variable a machine promises that there is a sandbox: a skipped test is a failed one then. */
    private static final String PROMISE = "MAAR_TEST_ALL";

    private static final String SECRET = "a-token-that-nobody-may-see";

    @TempDir
    private Path folder;

    private MiniCrater world;
    private Path outside;
    private Listener listener;
    private final String mark = "87" + ProcessHandle.current().pid();

    @BeforeEach
    void world() throws Exception {
        final SandboxChoice choice = SandboxChoice.of(SandboxChoice.Wish.AUTO, List.of());
        if ("true".equals(System.getenv(PROMISE))) {
            assertThat(choice.sandbox().confines()).as(choice.reason()).isTrue();
        }
        assumeTrue(choice.sandbox().confines(), "needs a sandbox: " + choice.reason());
        outside = Files.writeString(folder.resolve("outside"), "as it was");
        listener = new Listener();
        world = new MiniCrater(Files.createDirectory(folder.resolve("world")).toRealPath());
    }

    @AfterEach
    void stopListening() throws IOException {
        if (listener != null) {
            listener.close();
        }
    }

    @Test
    void hostileBuildsAreContained() throws Exception {
        world.script(
                "a-outside",
                "echo bad > '" + outside + "'; echo bad > '" + world.path("build.sh")
                        + "'; touch /etc/maar-hostile; exit 0\n",
                "{}");
        world.script("b-network", "exec 3<>/dev/tcp/127.0.0.1/" + listener.port() + " && echo hello >&3\n", "{}");
        world.script("c-forks", "while :; do setsid sleep " + mark + " & done\n", "{processes: 50}");
        world.script(
                "d-disk", "i=0; while :; do i=$((i+1)); head -c 1000000 /dev/zero > fill.$i; done\n", "{disk: 32m}");
        world.script("e-prints", "yes\n", "{}");
        world.script("f-friendly", "echo built > classpath\n", "{}");
        final MiniCrater.Ended ended = run("--stages", "build", "--a", "HEAD", "--b", "HEAD");
        final Map<String, AdopterReport> adopters = adopters(ended);
        assertThat(ended.err()).contains("maar: sandbox bwrap");
        assertThat(build(adopters, "a-outside").a()).isEqualTo(StageStatus.PASS);
        assertThat(world.path("build.sh")).content().startsWith("mkdir");
        assertStopped(build(adopters, "b-network"), "the network could not be reached");
        assertStopped(build(adopters, "c-forks"), "resources: processes");
        assertStopped(build(adopters, "d-disk"), "resources: disk");
        assertStopped(build(adopters, "e-prints"), "it printed more than its limit");
        assertThat(build(adopters, "f-friendly").verdict()).isEqualTo(Verdict.UNCHANGED);
        nothingHappenedOutside();
    }

    @Test
    void hostileForksAreContained() throws Exception {
        world.adopter("a-outside", told("""
                for (String file : new String[] {"%s", "%s", "/etc/maar-hostile", "own"}) {
                    try { java.nio.file.Files.writeString(java.nio.file.Path.of(file), "bad"); said += " written"; }
                    catch (java.io.IOException e) { said += " refused"; }
                }
                """.formatted(outside, world.path("build.sh"))), "", "");
        world.adopter("b-network", told("""
                for (java.net.InetAddress at : new java.net.InetAddress[] {
                        java.net.InetAddress.getLoopbackAddress(), java.net.InetAddress.getByName("192.0.2.1")}) {
                    try (java.net.Socket socket = new java.net.Socket(at, %d)) { said += " connected"; }
                    catch (java.io.IOException e) { said += " refused"; }
                }
                """.formatted(listener.port())), "", "");
        world.adopter(
                "c-forks",
                "while (true) { new ProcessBuilder(\"setsid\", \"sleep\", \"" + mark + "\").start(); }",
                "",
                "");
        world.adopter("d-disk", """
                byte[] much = new byte[1 << 20];
                java.nio.file.Path file = java.nio.file.Files.createTempFile("fill", "");
                while (true) {
                    java.nio.file.Files.write(file, much, java.nio.file.StandardOpenOption.APPEND);
                }
                """, "", "");
        world.adopter("e-prints", "byte[] much = new byte[1 << 16]; while (true) { System.err.write(much); }", "", "");
        world.adopter("f-friendly", "", "", "");
        final MiniCrater.Ended ended = run("--a", "HEAD", "--b", "HEAD");
        final Map<String, AdopterReport> adopters = adopters(ended);
        // The first two lie in /tmp, which is the fork's own: what it writes there goes with it, and the real ones
        // stay.
        assertFailed(adopters, "a-outside", " refused refused at ");
        assertThat(world.path("build.sh")).content().startsWith("mkdir");
        assertFailed(adopters, "b-network", "tried: refused refused");
        assertFailed(adopters, "c-forks", "resources: processes");
        assertFailed(adopters, "d-disk", "temporary folders only, at most 1024 MiB");
        assertFailed(adopters, "e-prints", "it printed more than its limit");
        final AdopterReport.Cell friendly =
                adopter(adopters, "f-friendly").cells().get(0);
        assertThat(friendly.verdict()).isIn(Verdict.UNCHANGED, Verdict.INCONCLUSIVE, Verdict.SUSPECT);
        assertThat(friendly.pairs()).isGreaterThanOrEqualTo(8);
        nothingHappenedOutside();
    }

    @Test
    void buildsAndForksSeeNothingOfTheEnvironmentButWhatIsListed() throws Exception {
        world.environment("DEPLOY_TOKEN", SECRET).environment("MAAR_SECRET_SETTING", SECRET);
        world.script("a-build", "env; cat /proc/*/environ | tr '\\0' '\\n'; exit 1\n", "{}");
        world.adopter("b-fork", told("said += \" \" + System.getenv().keySet().stream().sorted().toList();"), "", "");
        final MiniCrater.Ended ended = run("--a", "HEAD", "--b", "HEAD");
        final AdopterReport fork = adopter(adopters(ended), "b-fork");
        assertThat(fork.cells().get(0).reason()).contains("TMPDIR").doesNotContain("TOKEN", "SECRET");
        try (var files = Files.walk(world.path("run"))) {
            final List<Path> all = files.filter(Files::isRegularFile).toList();
            assertThat(all).anyMatch(file -> file.toString().contains("a-build"));
            for (final Path file : all) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContain(SECRET);
            }
        }
    }

    /** What is built anew lies elsewhere than what is kept, here in a folder that the sandbox hides. */
    @Test
    void whatIsBuiltAnewIsThereInTheSandboxToo() throws Exception {
        world.adopter("friendly", "", "", "");
        final MiniCrater.Ended ended = run("--a", "HEAD", "--b", "HEAD", "--no-cache");
        final AdopterReport.Cell cell =
                adopter(adopters(ended), "friendly").cells().get(0);
        assertThat(cell.verdict())
                .as(cell.reason() + ended.err())
                .isIn(Verdict.UNCHANGED, Verdict.INCONCLUSIVE, Verdict.SUSPECT);
        nothingHappenedOutside();
    }

    /** A set-up that tries something and fails with an account of it. */
    private static String told(final String attempt) {
        return "String said = \"tried:\";\n" + attempt + "\nthrow new IllegalStateException(said);";
    }

    private MiniCrater.Ended run(final String... more) throws Exception {
        final String[] common = {
            "run", "--subject", "tiny", "--manifests", "manifests", "--out", "run", "--sandbox", "bwrap"
        };
        return world.maar(java.util.stream.Stream.of(common, more)
                .flatMap(java.util.Arrays::stream)
                .toArray(String[]::new));
    }

    private Map<String, AdopterReport> adopters(final MiniCrater.Ended ended) throws IOException {
        assertThat(world.path("run/report.json")).as(ended.err() + ended.out()).exists();
        final Report report = new ReportJson().read(Files.readString(world.path("run/report.json")));
        assertThat(report.settings()).containsEntry("sandbox", "bwrap");
        return report.adopters().stream().collect(Collectors.toMap(AdopterReport::name, Function.identity()));
    }

    private static AdopterReport adopter(final Map<String, AdopterReport> adopters, final String name) {
        return Optional.ofNullable(adopters.get(name)).orElseThrow();
    }

    private static AdopterReport.Build build(final Map<String, AdopterReport> adopters, final String name) {
        return adopter(adopters, name).build();
    }

    private static void assertStopped(final AdopterReport.Build build, final String words) {
        assertThat(build.a()).isEqualTo(StageStatus.INFRA);
        assertThat(build.b()).isEqualTo(StageStatus.INFRA);
        assertThat(build.reason()).contains(words);
    }

    private static void assertFailed(final Map<String, AdopterReport> adopters, final String name, final String words) {
        final AdopterReport.Cell cell = adopter(adopters, name).cells().get(0);
        assertThat(cell.verdict()).as(name + ": " + cell.reason()).isEqualTo(Verdict.ERROR);
        assertThat(cell.reason()).contains(words);
    }

    private void nothingHappenedOutside() throws Exception {
        assertThat(outside).hasContent("as it was");
        assertThat(Path.of("/etc/maar-hostile")).doesNotExist();
        listener.assertAskedByNobodyElse();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(world.processes()).isEmpty();
            assertThat(ProcessHandle.allProcesses()
                            .filter(process ->
                                    process.info().commandLine().orElse("").contains("sleep " + mark)))
                    .isEmpty();
        });
        try (var files = Files.walk(world.path(".maar"))) {
            assertThat(files.filter(file -> String.valueOf(file.getFileName()).startsWith("fill")))
                    .isEmpty();
        }
        try (var scratch = Files.list(world.path(".maar/scratch"))) {
            assertThat(scratch.filter(Files::isDirectory)).isEmpty();
        }
    }

    /** A server of this test's on the machine's loopback interface, which keeps who connects. */
    private static final class Listener implements AutoCloseable {

        private final ServerSocket server;
        private final BlockingQueue<Integer> callers = new LinkedBlockingQueue<>();

        Listener() throws IOException {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            final Thread thread = new Thread(this::accept, "listener");
            thread.setDaemon(true);
            thread.start();
        }

        int port() {
            return server.getLocalPort();
        }

        /** Connects itself, to see that the server listens, and expects to be the first. */
        void assertAskedByNobodyElse() throws IOException {
            try (Socket socket = new Socket(server.getInetAddress(), port())) {
                await().atMost(Duration.ofSeconds(20)).until(() -> !callers.isEmpty());
                assertThat(callers).containsExactly(socket.getLocalPort());
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }

        private void accept() {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    callers.add(socket.getPort());
                } catch (final IOException e) {
                    // Closed at the end of the test, or a caller that has gone.
                    continue;
                }
            }
        }
    }
}
