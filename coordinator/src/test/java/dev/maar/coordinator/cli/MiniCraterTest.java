package dev.maar.coordinator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maar.agent.job.Verdict;
import dev.maar.coordinator.report.AdopterReport;
import dev.maar.coordinator.report.Report;
import dev.maar.coordinator.report.ReportJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real command line, real builds and real forks, over adopters that each come to one end. */
final class MiniCraterTest {

    @TempDir
    private Path folder;

    private MiniCrater world;

    @BeforeEach
    void world() throws IOException, InterruptedException {
        world = new MiniCrater(Files.createDirectory(folder.resolve("world")).toRealPath());
    }

    @Test
    void everyAdopterComesToItsOwnEndAndNoneDisturbsAnother() throws Exception {
        world.adopter("steady", "", "", "");
        world.source("uses-gone", MiniCrater.usesWhatIsGone("uses-gone"));
        world.adopter("differs", "", "", " + (b() ? 1 : 0)");
        world.adopter("hangs-on-b", "", "if (b()) { Thread.sleep(1000000); }", "");
        world.adopter("exits-on-b", "", "if (b()) { System.exit(7); }", "");
        world.adopter(
                "eats-memory",
                "",
                "java.util.List<byte[]> all = new java.util.ArrayList<>(); while (true) { all.add(new byte[1 << 20]); }",
                "");
        world.adopter(
                "prints-garbage",
                "",
                "new java.io.FileOutputStream(java.io.FileDescriptor.out).write(\"garbage\\n\".getBytes());",
                "");
        final MiniCrater.Ended ended = run("--a", "HEAD~1", "--b", "HEAD");
        assertThat(ended.code()).as(ended.err() + ended.out()).isEqualTo(1);
        final Map<String, AdopterReport> adopters = adopters();
        assertThat(adopter(adopters, "uses-gone").build().verdict()).isEqualTo(Verdict.REGRESSED);
        assertThat(adopter(adopters, "uses-gone").build().reason())
                .contains("cannot find symbol")
                .contains("gone()");
        assertThat(cell(adopters, "differs").verdict()).isEqualTo(Verdict.MISMATCH);
        assertThat(cell(adopters, "hangs-on-b").verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(cell(adopters, "hangs-on-b").reason()).contains("side b, hang");
        assertThat(cell(adopters, "exits-on-b").verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(cell(adopters, "exits-on-b").reason())
                .contains("side b, exit")
                .contains("7");
        assertThat(cell(adopters, "eats-memory").verdict()).isEqualTo(Verdict.ERROR);
        assertThat(cell(adopters, "eats-memory").reason()).contains("out-of-memory");
        assertThat(cell(adopters, "prints-garbage").verdict()).isEqualTo(Verdict.ERROR);
        assertThat(cell(adopters, "prints-garbage").reason())
                .contains("protocol")
                .contains("garbage");
        assertThat(cell(adopters, "steady").verdict()).isIn(Verdict.UNCHANGED, Verdict.INCONCLUSIVE, Verdict.SUSPECT);
        assertThat(cell(adopters, "steady").pairs()).isGreaterThanOrEqualTo(8);
        nothingIsLeft();
    }

    @Test
    void sixteenBytesMoreAnOperationAreARegressionOfAllocation() throws Exception {
        world.source("allocates", """
                public final class Allocates implements dev.maar.jig.Jig {
                    private final Object[] kept = new Object[1024];
                    private boolean b; private long done; private long sum;
                    public void setUp(dev.maar.jig.Case setting) { b = tiny.Lib.mode().equals("b"); }
                    public void run(long operations) {
                        for (long i = 0; i < operations; i++) {
                            sum = sum * 31 + tiny.Lib.work((int) (done++));
                            kept[(int) done & 1023] = b ? new Object() : kept;
                        }
                    }
                    public dev.maar.jig.Check check() { return dev.maar.jig.Check.of(done, sum); }
                    public void close() {}
                }
                """);
        final MiniCrater.Ended ended = run("--a", "HEAD~1", "--b", "HEAD");

        assertThat(ended.code()).as(ended.err() + ended.out()).isEqualTo(1);
        final AdopterReport.Cell alloc = adopter(adopters(), "allocates").cells().stream()
                .filter(cell -> cell.metric().equals("alloc"))
                .findFirst()
                .orElseThrow();
        assertThat(alloc.verdict()).isEqualTo(Verdict.REGRESSED);
        assertThat(alloc.pairs()).isEqualTo(8);
        assertThat(alloc.a().median()).isLessThan(1);
        assertThat(alloc.b().median()).isBetween(16.0, 17.0);
        assertThat(ended.out()).containsPattern("regressed +allocates +alloc ");
        final AdopterReport.Footprint footprint =
                adopter(adopters(), "allocates").footprints().get(0);
        assertThat(footprint.a().startUpMillis()).isPositive();
        assertThat(footprint.b().peakMemoryBytes()).isGreaterThan(8L << 20);
        assertThat(report().experiment().b().artifactBytes()).isPositive();
        final Path schedule = world.path("run/schedule.json");
        assertThat(schedule).content().contains("\"phase\":\"confirm\"");
        final MiniCrater.Ended judged = world.maar("verdict", "run", "--json", "-");
        assertThat(new ReportJson().read(judged.out()).adopters()).isEqualTo(report().adopters());
    }

    @Test
    void interruptedItCleansUpWritesWhatItHasAndTheNextRunStartsCleanly() throws Exception {
        world.adopter("steady", "", "", "");
        final Process process = world.start(
                "run", "--subject", "tiny", "--manifests", "manifests", "--out", "run", "--budget", "quick");
        await().atMost(Duration.ofMinutes(2)).until(this::somethingIsMeasured);
        // Not SIGINT, which shells let their background jobs ignore, and with them whoever runs these tests so; Maar's
        // hook is the same.
        new ProcessBuilder("kill", "-TERM", Long.toString(process.pid()))
                .start()
                .waitFor();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(world.ended(process).code()).isEqualTo(130);
        assertThat(report().experiment().status()).isEqualTo(Report.Status.ABORTED);
        nothingIsLeft();
        assertThat(run("--stages", "build").code()).isEqualTo(0);
    }

    private boolean somethingIsMeasured() throws IOException {
        final Path raw = world.path("run/raw");
        if (!Files.exists(raw)) {
            return false;
        }
        try (Stream<Path> files = Files.list(raw)) {
            return files.anyMatch(file -> String.valueOf(file.getFileName()).startsWith("steady.loop.size=1."));
        }
    }

    @Test
    void killedOutrightItLeavesNoProcessBehind() throws Exception {
        world.adopter("steady", "", "", "");
        final Process process = world.start(
                "run", "--subject", "tiny", "--manifests", "manifests", "--out", "run", "--budget", "quick");
        await().atMost(Duration.ofMinutes(2)).until(this::somethingIsMeasured);
        process.destroyForcibly().waitFor();
        nothingIsLeft();
        assertThat(run("--stages", "build").code()).isEqualTo(0);
    }

    @Test
    void theSameSeedGivesTheSameScheduleAndKeptDataTheSameVerdict() throws Exception {
        world.adopter("differs", "", "", " + (b() ? 1 : 0)");
        run("--a", "HEAD~1", "--b", "HEAD", "--seed", "5");
        final String schedule = Files.readString(world.path("run/schedule.json"));
        final Report first = report();
        final MiniCrater.Ended judged = world.maar("verdict", "run/raw", "--json", "-");
        assertThat(judged.code()).isEqualTo(1);
        assertThat(new ReportJson().read(judged.out()).adopters()).isEqualTo(first.adopters());
        world.maar(
                "run",
                "--subject",
                "tiny",
                "--manifests",
                "manifests",
                "--out",
                "again",
                "--a",
                "HEAD~1",
                "--b",
                "HEAD",
                "--seed",
                "5",
                "--adopters",
                "all");
        assertThat(Files.readString(world.path("again/schedule.json"))).isEqualTo(schedule);
    }

    @Test
    void whatIsWrongIsSaidInOneLineAndExitsWithTwo() throws Exception {
        world.adopter("steady", "", "", "");
        assertRefused(run("--b", "no-such-ref"), "no-such-ref");
        assertRefused(run("--adopters", "stedy"), "did you mean 'steady'?");
        assertRefused(run("--budget", "huge"), "quick, standard, thorough");
        assertRefused(run("--transports", "smoke"), "local, shm, udp and tcp");
        assertRefused(run("--b", "HEAD+patch=none.patch"), "none.patch");
        world.write("manifests/wrong.yaml", "kind: adopter\nname: wrong\ntypo: 1\n");
        assertRefused(run(), "wrong.yaml:3");
    }

    @Test
    void whatIsNotFromTheCheckoutNeedsASandboxOrTrust() throws Exception {
        final MiniCrater elsewhere = new MiniCrater(
                Files.createDirectory(folder.resolve("elsewhere")).toRealPath());
        elsewhere.adopter("steady", "", "", "");
        final String[] common = {
            "run",
            "--subject",
            "tiny",
            "--manifests",
            elsewhere.path("manifests").toString(),
            "--out",
            "run",
            "--stages",
            "build"
        };
        assertRefused(world.maar(with(common, "--sandbox", "none")), "--trust");
        assertThat(world.maar(with(common, "--sandbox", "none", "--trust")).code())
                .isEqualTo(0);
        assertThat(report().settings()).containsEntry("sandbox", "none");
        assertRefused(world.maar(with(common, "--sandbox", "docker")), "use bwrap");
    }

    private static String[] with(final String[] common, final String... more) {
        return java.util.stream.Stream.of(common, more)
                .flatMap(java.util.Arrays::stream)
                .toArray(String[]::new);
    }

    @Test
    void outsideAGitRepositoryItSaysSo() throws Exception {
        world.adopter("steady", "", "", "");
        final Path git = world.path(".git");
        Files.move(git, world.path("not-git"));
        assertRefused(run(), "git checkout");
    }

    private static void assertRefused(final MiniCrater.Ended ended, final String words) {
        assertThat(ended.code()).as(ended.err()).isEqualTo(2);
        assertThat(ended.err()).contains("maar: ").contains(words).doesNotContain("\tat dev.maar");
    }

    private MiniCrater.Ended run(final String... more) throws Exception {
        final String[] common = {"run", "--subject", "tiny", "--manifests", "manifests", "--out", "run"};
        return world.maar(with(common, more));
    }

    private Report report() throws IOException {
        return new ReportJson().read(Files.readString(world.path("run/report.json")));
    }

    private Map<String, AdopterReport> adopters() throws IOException {
        return report().adopters().stream().collect(Collectors.toMap(AdopterReport::name, Function.identity()));
    }

    private static AdopterReport.Cell cell(final Map<String, AdopterReport> adopters, final String name) {
        return adopter(adopters, name).cells().get(0);
    }

    private static AdopterReport adopter(final Map<String, AdopterReport> adopters, final String name) {
        return Optional.ofNullable(adopters.get(name)).orElseThrow();
    }

    private void nothingIsLeft() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(world.processes()).isEmpty());
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            try (var scratch = Files.list(world.path(".maar/scratch"))) {
                assertThat(scratch.filter(Files::isDirectory)).isEmpty();
            }
        });
    }
}
