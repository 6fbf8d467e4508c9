package dev.maar.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.job.Both;
import dev.maar.agent.job.SideName;
import dev.maar.agent.job.StageStatus;
import dev.maar.agent.job.TestOutcome;
import dev.maar.agent.job.TestResult;
import dev.maar.agent.job.TestResult.Status;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TestRunsTest {

    private static final String ID = "T#x";

    @Test
    void sidesThatAgreeAreNotRunAgain() {
        assertThat(runs(Status.PASSED, Status.PASSED).disagree()).isFalse();
        assertThat(runs(Status.FAILED, Status.FAILED).disagree()).isFalse();
        assertThat(runs(Status.PASSED, Status.SKIPPED).disagree()).isFalse();
    }

    @Test
    void aFailureThatRepeatsCounts() {
        final TestRuns runs = runs(Status.PASSED, Status.FAILED);
        assertThat(runs.disagree()).isTrue();

        runs.add(both(Status.PASSED, Status.FAILED));

        assertThat(runs.disagree()).isTrue();
        assertThat(status(runs, SideName.A)).isEqualTo(Status.PASSED);
        assertThat(status(runs, SideName.B)).isEqualTo(Status.FAILED);
        assertThat(runs.of(SideName.B).status()).isEqualTo(StageStatus.FAIL);
    }

    @Test
    void aFailureThatDoesNotRepeatIsFlaky() {
        final TestRuns runs = runs(Status.PASSED, Status.FAILED);

        runs.add(both(Status.PASSED, Status.PASSED));

        assertThat(runs.disagree()).isFalse();
        assertThat(status(runs, SideName.B)).isEqualTo(Status.FLAKY);
        assertThat(runs.of(SideName.B).status()).isEqualTo(StageStatus.PASS);
        assertThat(runs.of(SideName.B).reason()).contains("did not end the same way in 2 runs: T#x");
    }

    @Test
    void aPassOfTheOtherSideThatDoesNotRepeatIsFlakyToo() {
        final TestRuns runs = runs(Status.PASSED, Status.FAILED);

        runs.add(both(Status.FAILED, Status.FAILED));

        assertThat(runs.disagree()).isFalse();
        assertThat(status(runs, SideName.A)).isEqualTo(Status.FLAKY);
    }

    @Test
    void aRunThatTheEnvironmentSpoiltSaysNothing() {
        final TestRuns runs = runs(Status.PASSED, Status.FAILED);
        final TestOutcome spoilt = new TestOutcome(StageStatus.INFRA, "no space", Map.of(), "", false, 1);

        runs.add(new Both<>(spoilt, spoilt));

        assertThat(status(runs, SideName.B)).isEqualTo(Status.FAILED);
    }

    @Test
    void aRunThatCrashedOnceIsAFlakyRun() {
        final TestOutcome crashed = new TestOutcome(StageStatus.FAIL, "exit code 1", Map.of(), "", false, 1);
        final TestRuns runs = new TestRuns(new Both<>(outcome(Status.PASSED), crashed));
        assertThat(runs.disagree()).isTrue();

        runs.add(both(Status.PASSED, Status.PASSED));

        assertThat(runs.of(SideName.B).tests())
                .containsEntry(TestOutcome.WHOLE_RUN, new TestResult(Status.FLAKY, ""))
                .containsEntry(ID, new TestResult(Status.FLAKY, ""));
    }

    private static TestRuns runs(final Status a, final Status b) {
        return new TestRuns(both(a, b));
    }

    private static Both<TestOutcome> both(final Status a, final Status b) {
        return new Both<>(outcome(a), outcome(b));
    }

    private static TestOutcome outcome(final Status status) {
        return new TestOutcome(
                status == Status.FAILED ? StageStatus.FAIL : StageStatus.PASS,
                status == Status.FAILED ? "1 of 1 tests failed" : "",
                Map.of(ID, new TestResult(status, "")),
                "",
                false,
                1);
    }

    private static Status status(final TestRuns runs, final SideName side) {
        return java.util.Optional.ofNullable(runs.of(side).tests().get(ID))
                .orElseThrow()
                .status();
    }
}
