package dev.maar.coordinator.experiment;

import dev.maar.agent.job.BuildOutcome;
import dev.maar.agent.job.JobResult;
import dev.maar.agent.job.Stage;
import dev.maar.agent.job.StageStatus;
import dev.maar.agent.job.TestOutcome;
import dev.maar.agent.job.TestResult;
import java.util.List;
import java.util.Locale;

/** One line about how an adopter's builds and tests ended. Pure functions. */
final class StageLine {

    private StageLine() {}

    static String of(final String adopter, final JobResult result, final List<Stage> stages) {
        if (result instanceof final JobResult.Undone undone) {
            return adopter + ": could not be built: " + undone.reason();
        }
        final JobResult.Staged staged = (JobResult.Staged) result;
        final String line = adopter + ": build a " + build(staged.builds().a()) + ", b "
                + build(staged.builds().b());
        return stages.contains(Stage.TEST)
                ? line + "; test a " + test(staged.tests().a()) + ", b "
                        + test(staged.tests().b())
                : line;
    }

    /** Why an adopter does not build, the candidate's reason first; empty when it does. */
    static String reason(final JobResult result) {
        if (!(result instanceof final JobResult.Staged staged)) {
            return "";
        }
        return staged.builds().b().status() == StageStatus.PASS
                ? staged.builds().a().status() == StageStatus.PASS
                        ? ""
                        : staged.builds().a().reason()
                : staged.builds().b().reason();
    }

    private static String build(final BuildOutcome build) {
        return build.status().label() + (build.cached() ? reused(build) : seconds(build.millis()));
    }

    private static String reused(final BuildOutcome build) {
        return build.reason().equals(BuildOutcome.SAME_ABI) ? " (reused: same ABI)" : " (reused)";
    }

    private static String test(final TestOutcome test) {
        return switch (test.status()) {
            case PASS -> test.count(TestResult.Status.PASSED) + " passed";
            case FAIL -> test.count(TestResult.Status.FAILED) + " failed";
            case INFRA, SKIPPED -> test.status().label();
        };
    }

    private static String seconds(final long millis) {
        return String.format(Locale.ROOT, " (%.1f s)", millis / 1000.0);
    }
}
