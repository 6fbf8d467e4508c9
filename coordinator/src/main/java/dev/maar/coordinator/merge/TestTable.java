package dev.maar.coordinator.merge;

import dev.maar.agent.job.StageStatus;
import dev.maar.agent.job.TestOutcome;
import dev.maar.agent.job.TestResult;
import dev.maar.agent.job.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What is said of the stage test. An environment failure on either side is {@code error}; a side that was not tested makes the stage
 * {@code skipped}. Otherwise each test that either side ran falls into one group:
 *
 * <table>
 * <caption>side a down, side b across</caption>
 * <tr><th></th><th>passed</th><th>failed</th><th>skipped</th><th>absent</th></tr>
 * <tr><th>passed</th><td>same</td><td>newly failing</td><td>same</td><td>newly failing</td></tr>
 * <tr><th>failed</th><td>newly passing</td><td>still failing</td><td>same</td><td>still failing</td></tr>
 * <tr><th>skipped</th><td>same</td><td>newly failing</td><td>same</td><td>same</td></tr>
 * <tr><th>absent</th><td>newly passing</td><td>newly failing</td><td>same</td><td>same</td></tr>
 * </table>
 *
 * <p>Both sides run the same adopter, so a test that is absent on one side did not get to run there (its class could not start).
 * The stage is {@code regressed} when a test is newly failing, else {@code fixed} when one is newly passing, else
 * {@code still-failing} when one is, else {@code unchanged}. A side whose run failed as a whole without naming a test counts as one
 * failing test called {@value #WHOLE_RUN}.
 *
 * @param verdict what is said
 * @param newlyFailing ids of the tests that only side b fails
 * @param newlyPassing ids of the tests that only side a fails
 * @param stillFailing ids of the tests that both sides fail
 */
record TestTable(Verdict verdict, List<String> newlyFailing, List<String> newlyPassing, List<String> stillFailing) {

    static final String WHOLE_RUN = "(the run itself)";

    private enum Group {
        SAME,
        NEWLY_FAILING,
        NEWLY_PASSING,
        STILL_FAILING
    }

    /** How a test ended on one side; absent when the side does not mention it. */
    private enum Ended {
        PASSED,
        FAILED,
        SKIPPED,
        ABSENT
    }

    static TestTable of(final TestOutcome a, final TestOutcome b) {
        if (a.status() == StageStatus.INFRA || b.status() == StageStatus.INFRA) {
            return new TestTable(Verdict.ERROR, List.of(), List.of(), List.of());
        }
        if (a.status() == StageStatus.SKIPPED || b.status() == StageStatus.SKIPPED) {
            return new TestTable(Verdict.SKIPPED, List.of(), List.of(), List.of());
        }
        final TreeSet<String> ids = new TreeSet<>(a.tests().keySet());
        ids.addAll(b.tests().keySet());
        if (failedWithoutNaming(a) || failedWithoutNaming(b)) {
            ids.add(WHOLE_RUN);
        }
        final List<String> newlyFailing = new ArrayList<>();
        final List<String> newlyPassing = new ArrayList<>();
        final List<String> stillFailing = new ArrayList<>();
        for (final String id : ids) {
            switch (group(ended(a, id), ended(b, id))) {
                case NEWLY_FAILING -> newlyFailing.add(id);
                case NEWLY_PASSING -> newlyPassing.add(id);
                case STILL_FAILING -> stillFailing.add(id);
                case SAME -> {}
            }
        }
        return new TestTable(
                verdict(newlyFailing, newlyPassing, stillFailing), newlyFailing, newlyPassing, stillFailing);
    }

    private static Verdict verdict(
            final List<String> newlyFailing, final List<String> newlyPassing, final List<String> stillFailing) {
        if (!newlyFailing.isEmpty()) {
            return Verdict.REGRESSED;
        }
        if (!newlyPassing.isEmpty()) {
            return Verdict.FIXED;
        }
        return stillFailing.isEmpty() ? Verdict.UNCHANGED : Verdict.STILL_FAILING;
    }

    private static Group group(final Ended a, final Ended b) {
        return switch (a) {
            case PASSED -> b == Ended.FAILED || b == Ended.ABSENT ? Group.NEWLY_FAILING : Group.SAME;
            case FAILED ->
                switch (b) {
                    case PASSED -> Group.NEWLY_PASSING;
                    case FAILED, ABSENT -> Group.STILL_FAILING;
                    case SKIPPED -> Group.SAME;
                };
            case SKIPPED -> b == Ended.FAILED ? Group.NEWLY_FAILING : Group.SAME;
            case ABSENT ->
                switch (b) {
                    case PASSED -> Group.NEWLY_PASSING;
                    case FAILED -> Group.NEWLY_FAILING;
                    case SKIPPED, ABSENT -> Group.SAME;
                };
        };
    }

    private static Ended ended(final TestOutcome side, final String id) {
        if (id.equals(WHOLE_RUN)) {
            return failedWithoutNaming(side) ? Ended.FAILED : Ended.PASSED;
        }
        final TestResult result = side.tests().get(id);
        if (result == null) {
            return Ended.ABSENT;
        }
        return switch (result.status()) {
            case PASSED -> Ended.PASSED;
            case FAILED -> Ended.FAILED;
            case SKIPPED -> Ended.SKIPPED;
        };
    }

    private static boolean failedWithoutNaming(final TestOutcome side) {
        return side.status() == StageStatus.FAIL && side.count(TestResult.Status.FAILED) == 0;
    }
}
