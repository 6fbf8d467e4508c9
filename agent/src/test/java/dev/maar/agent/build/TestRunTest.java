package dev.maar.agent.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.job.StageStatus;
import dev.maar.agent.job.TestOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestRunTest {

    private static final String FAILED =
            "<testsuite><testcase classname=\"m\" name=\"x\"><failure message=\"no\"/></testcase></testsuite>";
    private static final String PASSED = "<testsuite><testcase classname=\"m\" name=\"x\"/></testsuite>";

    @TempDir
    Path folder;

    @Test
    void aTimeoutThatATestFoundIsItsFailureAndNotTheNetworks() throws Exception {
        final TestOutcome outcome = outcome(1, "m::x FAILED: Connection timed out\n", FAILED);

        assertThat(outcome.status()).isEqualTo(StageStatus.FAIL);
        assertThat(outcome.reason()).isEqualTo("1 of 1 tests failed: m#x");
    }

    @Test
    void aRunWithoutResultsMayBlameTheNetwork() throws Exception {
        assertThat(outcome(1, "Connection timed out\n").status()).isEqualTo(StageStatus.INFRA);
        assertThat(outcome(1, "Error: bad import\n"))
                .extracting(TestOutcome::status, TestOutcome::reason)
                .containsExactly(StageStatus.FAIL, "Error: bad import");
    }

    @Test
    void aFullDiskSpoilsResultsToo() throws Exception {
        assertThat(outcome(1, "No space left on device\n", FAILED).status()).isEqualTo(StageStatus.INFRA);
        assertThat(outcome(137, "", PASSED).status()).isEqualTo(StageStatus.INFRA);
    }

    @Test
    void aCrashAfterTestsThatPassedIsAFailure() throws Exception {
        final TestOutcome outcome = outcome(139, "Error: core dumped\n", PASSED);

        assertThat(outcome.status()).isEqualTo(StageStatus.FAIL);
        assertThat(outcome.reason()).isEqualTo("Error: core dumped");
        assertThat(outcome.tests()).containsOnlyKeys("m#x");
    }

    @Test
    void halfAFileIsACrashOrNoResult() throws Exception {
        assertThat(outcome(139, "Error: core dumped\n", PASSED.substring(0, 30)).status())
                .isEqualTo(StageStatus.FAIL);
        assertThat(outcome(0, "", PASSED.substring(0, 30)).status()).isEqualTo(StageStatus.INFRA);
    }

    @Test
    void whatWasStoppedSaysNothing() throws Exception {
        final Path log = Files.writeString(folder.resolve("log"), "");

        final TestOutcome outcome =
                TestRun.outcome(List.of(), new ProgramRun.End(137, "stopped for a reason", 5), log, 5, "");

        assertThat(outcome)
                .extracting(TestOutcome::status, TestOutcome::reason)
                .containsExactly(StageStatus.INFRA, "stopped for a reason");
    }

    private TestOutcome outcome(final int exit, final String said, final String... results) throws IOException {
        final Path log = Files.writeString(folder.resolve("log"), said);
        final List<Path> files =
                results.length == 0 ? List.of() : List.of(Files.writeString(folder.resolve("r.xml"), results[0]));
        return TestRun.outcome(files, new ProgramRun.End(exit, "", 5), log, 5, "");
    }
}
