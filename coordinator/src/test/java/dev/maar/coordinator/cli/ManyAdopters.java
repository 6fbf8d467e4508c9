package dev.maar.coordinator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.job.Verdict;
import dev.maar.coordinator.report.AdopterReport;
import dev.maar.coordinator.report.ReportJson;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many tiny adopters, made up, through build and test in a process with little memory. {@code -Dmaar.many=50,200} says how many, one run
 * after the other; what was seen is written to {@code target/many.md}, and {@code -Dmaar.many.keep=FOLDER} keeps the last
 * report.
 */
class ManyAdopters {

    /** How many adopters there are for one that uses what side b lacks. */
    private static final int BROKEN = 20;
    /** How many there are for one with a test that fails on side b. */
    private static final int FAILING = 15;

    private static final String HEAP = "-Xmx48m";

    @TempDir
    private Path folder;

    @Test
    void throughBuildAndTest() throws Exception {
        final List<Seen> seen = new ArrayList<>();
        for (final String count : System.getProperty("maar.many", "50,200").split(",")) {
            seen.add(run(folder, Integer.parseInt(count)));
        }
        Files.writeString(Path.of("target/many.md"), table(seen));
    }

    /**
     * What a run was seen to take.
     *
     * @param adopters how many adopters there were
     * @param seconds how long it took in all
     * @param residentKib the most memory that Maar's own process had resident
     * @param cacheBytes what is kept of the adopters after it
     * @param runBytes the run's folder
     * @param htmlBytes the HTML report in it
     */
    record Seen(int adopters, double seconds, long residentKib, long cacheBytes, long runBytes, long htmlBytes) {}

    /** Runs so many adopters in a new world below a folder, and checks that each comes to the end that it was made for. */
    static Seen run(final Path folder, final int adopters) throws Exception {
        final Path home = Files.createDirectories(folder.resolve("many-" + adopters + "/world"));
        final MiniCrater world = new MiniCrater(home.toRealPath());
        world.environment("JDK_JAVA_OPTIONS", HEAP);
        for (int number = 0; number < adopters; number++) {
            write(world, number);
        }
        final long start = System.nanoTime();
        final Process process = world.start(
                "run",
                "--subject",
                "tiny",
                "--manifests",
                "manifests",
                "--stages",
                "build,test",
                "--a",
                "HEAD~1",
                "--b",
                "HEAD",
                "--out",
                "run",
                "--no-color");
        long resident = 0;
        while (!process.waitFor(200, TimeUnit.MILLISECONDS)) {
            resident = Math.max(resident, residentKib(process));
        }
        final double seconds = (System.nanoTime() - start) / 1e9;
        final MiniCrater.Ended ended = world.ended(process);
        assertThat(ended.code()).as(ended.err()).isEqualTo(ExitCode.REGRESSED);
        check(world, adopters);
        keep(world.path("run"));
        return new Seen(
                adopters,
                seconds,
                resident,
                bytes(world.path(".maar/cache/adopters")),
                bytes(world.path("run")),
                Files.size(world.path("run/report.html")));
    }

    private static boolean isBroken(final int number) {
        return number % BROKEN == 1;
    }

    private static boolean isFailing(final int number) {
        return number % FAILING == 2 && !isBroken(number);
    }

    private static String name(final int number) {
        return String.format(Locale.ROOT, "app-%04d", number);
    }

    private static void write(final MiniCrater world, final int number) throws IOException {
        final String call = isBroken(number) ? "tiny.Lib.gone()" : "tiny.Lib.work(" + number + ")";
        final String result =
                isFailing(number) ? "tiny.Lib.mode().equals(\"b\") ? \"<failure message='mode b'/>\" : \"\"" : "\"\"";
        world.write("manifests/apps/" + name(number) + "/App.java", """
                import java.nio.file.Files;
                import java.nio.file.Path;

                /** Number %1$d of many. */
                public final class App {
                    static int work() { return %2$s; }

                    public static void main(final String[] arguments) throws Exception {
                        work();
                        Files.writeString(Path.of("TEST-App.xml"), "<testsuite><testcase classname='App' name='works'/>"
                                + "<testcase classname='App' name='modes'>" + (%3$s) + "</testcase></testsuite>");
                    }
                }
                """.formatted(number, call, result));
        world.write("manifests/" + name(number) + ".yaml", """
                kind: adopter
                name: %1$s
                description: one of many
                subject: tiny
                source: {path: apps/%1$s}
                build: {javac: {classpath: ["dev.tiny:lib"]}}
                test:
                  command: [java, -XX:TieredStopAtLevel=1, -cp, "${adopter.dir}/../classes:${subject.jar}", App]
                  junitXml: TEST-App.xml
                labels: [tiny]
                owners: ["@team-%2$d"]
                """.formatted(name(number), number % 7));
    }

    private static void check(final MiniCrater world, final int adopters) throws IOException {
        final List<AdopterReport> reports = new ReportJson()
                .read(Files.readString(world.path("run/report.json")))
                .adopters();
        assertThat(reports).hasSize(adopters);
        for (int number = 0; number < adopters; number++) {
            final AdopterReport report = reports.get(number);
            assertThat(report.name()).isEqualTo(name(number));
            final boolean wrong = isBroken(number) || isFailing(number);
            assertThat(report.verdict()).as(report.name()).isEqualTo(wrong ? Verdict.REGRESSED : Verdict.UNCHANGED);
        }
    }

    private static long residentKib(final Process process) throws IOException {
        try {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (final IOException e) {
            if (process.isAlive()) {
                throw e;
            }
            return 0;
        }
    }

    private static long bytes(final Path tree) throws IOException {
        final AtomicLong sum = new AtomicLong();
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) {
                sum.addAndGet(attributes.size());
                return FileVisitResult.CONTINUE;
            }
        });
        return sum.get();
    }

    private static void keep(final Path run) throws IOException {
        final String keep = System.getProperty("maar.many.keep", "");
        if (!keep.isEmpty()) {
            for (final String report : List.of("report.html", "report.md", "report.json", "junit.xml")) {
                Files.createDirectories(Path.of(keep));
                Files.write(Path.of(keep, report), Files.readAllBytes(run.resolve(report)));
            }
        }
    }

    private static String table(final List<Seen> all) {
        final StringBuilder text = new StringBuilder(
                "| adopters | seconds | adopters a minute | memory of Maar, MiB | their builds on disk, MiB | run folder, KiB | report.html, KiB |\n"
                        + "|--:|--:|--:|--:|--:|--:|--:|\n");
        for (final Seen seen : all) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %d | %.0f | %.0f | %d | %.1f | %d | %d |%n",
                    seen.adopters(),
                    seen.seconds(),
                    seen.adopters() * 60 / seen.seconds(),
                    seen.residentKib() >> 10,
                    seen.cacheBytes() / 1048576.0,
                    seen.runBytes() >> 10,
                    seen.htmlBytes() >> 10));
        }
        return text.toString();
    }
}
