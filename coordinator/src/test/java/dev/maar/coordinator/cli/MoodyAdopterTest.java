package dev.maar.coordinator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.job.Verdict;
import dev.maar.coordinator.report.AdopterReport;
import dev.maar.coordinator.report.ReportJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adopters that do not end the same way twice, and machines that do not let them. */
final class MoodyAdopterTest {

    private static final String RESULT = """
            mkdir -p out
            result() { echo "<testsuite><testcase classname='T' name='x'>$1</testcase></testsuite>" > out/r.xml; }
            fails() { result "<failure message='no'/>"; exit 1; }
            """;
    private static final String FAILS_ONCE_ON_B = RESULT
            + "[ \"$MAAR_SIDE\" = b ] && [ ! -e \"$MAAR_WORK_DIR/ran\" ] && touch \"$MAAR_WORK_DIR/ran\" && fails\nresult\n";
    private static final String FAILS_ON_B = RESULT + "[ \"$MAAR_SIDE\" = b ] && fails\nresult\n";

    @TempDir
    private Path folder;

    private MiniCrater world;

    @BeforeEach
    void world() throws IOException, InterruptedException {
        world = new MiniCrater(Files.createDirectory(folder.resolve("world")).toRealPath());
    }

    @Test
    void aFailureThatDoesNotRepeatIsFlakyAndNoRegression() throws Exception {
        adopter("true", FAILS_ONCE_ON_B, "");

        final MiniCrater.Ended ended = run();

        assertThat(ended.code()).as(ended.err() + ended.out()).isZero();
        assertThat(report().verdict()).isEqualTo(Verdict.FLAKY);
        assertThat(report().test().flaky()).containsExactly("T#x");
        assertThat(ended.err()).contains("once more (run 2)").doesNotContain("run 3");
    }

    @Test
    void aFailureThatRepeatsIsARegressionUnlessTheManifestKnowsBetter() throws Exception {
        adopter("true", FAILS_ON_B, "");
        assertThat(run().code()).isEqualTo(1);
        assertThat(report().test().newlyFailing()).containsExactly("T#x");

        adopter("true", FAILS_ON_B, "flaky: [{test: \"T#x\", until: 2999-01-01, reason: waits}]\n");
        assertThat(run().code()).isZero();
        assertThat(report().verdict()).isEqualTo(Verdict.FLAKY);

        adopter("true", FAILS_ON_B, "flaky: [{test: \"T#x\", until: 2020-01-01, reason: waits}]\n");
        assertThat(run().code()).isEqualTo(1);
    }

    @Test
    void whatTheEnvironmentSpoiltOnceIsDoneAgainOnBothSides() throws Exception {
        final Path mark = world.path("spoilt");
        adopter(
                "[ -e '" + mark + "' ] || { touch '" + mark + "'; echo 'No space left on device'; exit 1; }",
                RESULT + "result\n",
                "");

        final MiniCrater.Ended ended = run();

        assertThat(ended.code()).as(ended.err() + ended.out()).isZero();
        assertThat(report().verdict()).isEqualTo(Verdict.UNCHANGED);
        assertThat(ended.err()).contains("once more on both sides");
    }

    @Test
    void whatItSpoilsEachTimeIsNeitherARegressionNorGreen() throws Exception {
        adopter("[ \"$MAAR_SIDE\" = a ] || { echo 'No space left on device'; exit 1; }", RESULT + "result\n", "");

        final MiniCrater.Ended ended = run();

        assertThat(ended.code()).as(ended.err() + ended.out()).isEqualTo(3);
        assertThat(report().verdict()).isEqualTo(Verdict.ERROR);
        assertThat(report().build().reason()).contains("tried twice: no space left on the device");
        assertThat(ended.out()).contains("0 of 1 adopter");
    }

    private void adopter(final String build, final String test, final String more) throws IOException {
        world.write("manifests/apps/moody/build.sh", build + "\n");
        world.write("manifests/apps/moody/test.sh", test);
        world.write("manifests/moody.yaml", """
                kind: adopter
                name: moody
                subject: tiny
                source: {path: apps/moody}
                build: {command: [sh, build.sh]}
                test: {command: [sh, test.sh], junitXml: "out/*.xml"}
                """ + more);
    }

    private MiniCrater.Ended run() throws IOException, InterruptedException {
        return world.maar(
                "run",
                "--subject",
                "tiny",
                "--manifests",
                "manifests",
                "--a",
                "HEAD~1",
                "--b",
                "HEAD",
                "--stages",
                "build,test",
                // What these adopters do the second time hangs on a file outside their place.
                "--sandbox",
                "none",
                "--out",
                "run");
    }

    private AdopterReport report() throws IOException {
        return new ReportJson()
                .read(Files.readString(world.path("run/report.json")))
                .adopters()
                .get(0);
    }
}
