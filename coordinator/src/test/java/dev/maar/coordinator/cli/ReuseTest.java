package dev.maar.coordinator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.job.BuildOutcome;
import dev.maar.agent.job.StageStatus;
import dev.maar.coordinator.report.AdopterReport;
import dev.maar.coordinator.report.ReportJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was built is not built again, and what no compiler can tell apart is not compiled again. */
final class ReuseTest {

    @TempDir
    private Path folder;

    private MiniCrater world;

    @BeforeEach
    void world() throws IOException, InterruptedException {
        world = new MiniCrater(Files.createDirectory(folder.resolve("world")).toRealPath());
        world.adopter("steady", "", "", "");
    }

    @Test
    void aChangeThatLeavesTheAbiAloneCompilesNoAdopter() throws Exception {
        final String library = Files.readString(world.path("src/tiny/Lib.java"));
        world.write("src/tiny/Lib.java", library.replace("i < 20", "i < 21"));

        final AdopterReport.Build first = build("HEAD", "CURRENT");
        assertThat(first.a()).isEqualTo(StageStatus.PASS);
        assertThat(first.b()).isEqualTo(StageStatus.PASS);
        assertThat(first.reusedA()).isEmpty();
        assertThat(first.reusedB()).contains(BuildOutcome.SAME_ABI);

        final AdopterReport.Build second = build("HEAD", "CURRENT");
        assertThat(second.reusedA()).contains("built before");
        assertThat(second.reusedB()).contains("reused");

        final AdopterReport.Build anew = build("HEAD", "CURRENT", "--no-cache");
        assertThat(anew.reusedA()).isEmpty();
    }

    @Test
    void aSecondRunWithNothingChangedBuildsAndTestsNothing() throws Exception {
        world.write("manifests/apps/tested/App.java", "public class App { int n = tiny.Lib.work(1); }");
        world.write("manifests/tested.yaml", """
                kind: adopter
                name: tested
                subject: tiny
                source: {path: apps/tested}
                build: {javac: {classpath: ["dev.tiny:lib"]}}
                test: {command: [sh, -c, "echo ran >> ran; echo '<testsuite/>' > TEST.xml"], junitXml: TEST.xml}
                """);
        final String[] command = {"--stages", "build,test", "--out", ".maar/runs/run"};
        final MiniCrater.Ended first = run("HEAD", "CURRENT", command);
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.err()).contains("building", "testing");
        final Map<Path, FileTime> before = written();
        assertThat(before.keySet())
                .anyMatch(file -> file.endsWith("ran"))
                .anyMatch(file -> file.endsWith("subject.json"));

        final MiniCrater.Ended second = run("HEAD", "CURRENT", command);

        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.err())
                .doesNotContain("building")
                .doesNotContain("testing")
                .doesNotContain("fetching");
        assertThat(written()).isEqualTo(before);
        assertThat(new ReportJson()
                        .read(Files.readString(world.path(".maar/runs/run/report.json")))
                        .adopters())
                .hasSize(2)
                .allSatisfy(adopter -> {
                    assertThat(adopter.build().reusedA()).contains("built before");
                    assertThat(adopter.build().reusedB()).contains("reused");
                });
    }

    /** When each file of what was built and tested was written. */
    private Map<Path, FileTime> written() throws IOException {
        final Map<Path, FileTime> written = new TreeMap<>();
        for (final String kind : List.of("adopters", "subjects")) {
            try (Stream<Path> files = Files.walk(world.path(".maar/cache/" + kind))) {
                for (final Path file : files.filter(Files::isRegularFile).toList()) {
                    written.put(file, Files.getLastModifiedTime(file));
                }
            }
        }
        return written;
    }

    @Test
    void aChangeOfTheAbiCompiles() throws Exception {
        final AdopterReport.Build build = build("HEAD~1", "HEAD");

        assertThat(build.reusedA()).isEmpty();
        assertThat(build.reusedB()).isEmpty();
    }

    @Test
    void whatFailedBeforeCanBeSelectedAgain() throws Exception {
        world.source("uses-gone", MiniCrater.usesWhatIsGone("uses-gone"));
        final MiniCrater.Ended ended = run("HEAD~1", "HEAD", "--out", ".maar/runs/first");
        assertThat(ended.code()).as(ended.err()).isEqualTo(1);

        run("HEAD~1", "HEAD", "--out", "again", "--adopters", "failed:first");
        assertThat(names("again/report.json")).containsExactly("uses-gone");

        run("HEAD~1", "HEAD", "--out", "top", "--adopters", "top:1");
        assertThat(names("top/report.json")).containsExactly("uses-gone");

        assertThat(run("HEAD~1", "HEAD", "--out", "none", "--adopters", "failed:nothing")
                        .code())
                .isEqualTo(2);
    }

    private Iterable<String> names(final String report) throws IOException {
        return new ReportJson()
                .read(Files.readString(world.path(report))).adopters().stream()
                        .map(AdopterReport::name)
                        .toList();
    }

    private AdopterReport.Build build(final String a, final String b, final String... more) throws Exception {
        final String[] all = new String[more.length + 2];
        all[0] = "--out";
        all[1] = "run";
        System.arraycopy(more, 0, all, 2, more.length);
        final MiniCrater.Ended ended = run(a, b, all);
        assertThat(ended.code()).as(ended.err() + ended.out()).isZero();
        return new ReportJson()
                .read(Files.readString(world.path("run/report.json")))
                .adopters()
                .get(0)
                .build();
    }

    private MiniCrater.Ended run(final String a, final String b, final String... more) throws Exception {
        final String[] common = {
            "run", "--subject", "tiny", "--manifests", "manifests", "--stages", "build", "--a", a, "--b", b
        };
        return world.maar(Stream.of(common, more).flatMap(Arrays::stream).toArray(String[]::new));
    }
}
