package dev.maar.coordinator.merge;

import dev.maar.agent.job.StageStatus;
import dev.maar.agent.job.TestOutcome;
import dev.maar.agent.job.TestResult;
import dev.maar.agent.job.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What is said of the stage test. An environment failure on either side is {@code error}; a side that was not tested makes the stage
 * {@code skipped}. Otherwise each test that either side ran falls into one group:
 *
 * <table>
 * <caption>side a down, side b across</caption>
 * <tr><th></th><th>passed</th><th>failed</th><th>skipped</th><th>absent</th><th>flaky</th></tr>
 * <tr><th>passed</th><td>same</td><td>newly failing</td><td>same</td><td>newly failing</td><td>flaky</td></tr>
 * <tr><th>failed</th><td>newly passing</td><td>still failing</td><td>same</td><td>still failing</td><td>flaky</td></tr>
 * <tr><th>skipped</th><td>same</td><td>newly failing</td><td>same</td><td>same</td><td>flaky</td></tr>
 * <tr><th>absent</th><td>newly passing</td><td>newly failing</td><td>same</td><td>same</td><td>flaky</td></tr>
 * <tr><th>flaky</th><td>flaky</td><td>flaky</td><td>flaky</td><td>flaky</td><td>flaky</td></tr>
 * </table>
 *
 * <p>A test that the adopter's manifest lists as flaky, and whose date has not passed, is flaky wherever it is not the same. Tests that
 * fail on both sides with different messages are still failing, and named as failing differently.
 *
 * <p>Both sides run the same adopter, so a test that is absent on one side did not get to run there (its class could not start).
 * The stage is {@code regressed} when a test is newly failing, else {@code flaky} when one is flaky, else {@code fixed} when one is newly passing, else
 * {@code still-failing} when one is, else {@code unchanged}. A side whose run failed as a whole without naming a test counts as one
 * failing test called {@value #WHOLE_RUN}.
 *
 * @param verdict what is said
 * @param newlyFailing ids of the tests that only side b fails
 * @param newlyPassing ids of the tests that only side a fails
 * @param stillFailing ids of the tests that both sides fail
 * @param failingDifferently those of them whose messages differ
 * @param flaky ids of the tests that did not end the same way twice, or are known not to
 */
record TestTable(
        Verdict verdict,
        List<String> newlyFailing,
        List<String> newlyPassing,
        List<String> stillFailing,
        List<String> failingDifferently,
        List<String> flaky) {

    static final String WHOLE_RUN = TestOutcome.WHOLE_RUN;

    private enum Group {
        SAME,
        NEWLY_FAILING,
        NEWLY_PASSING,
        STILL_FAILING,
        FLAKY
    }

    /** How a test ended on one side; absent when the side does not mention it. */
    private enum Ended {
        PASSED,
        FAILED,
        SKIPPED,
        ABSENT,
        FLAKY
    }

    private static TestTable of(final Verdict verdict) {
        return new TestTable(verdict, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /** The table of two sides; {@code knownFlaky} are the tests that the manifest says are. */
    static TestTable of(final TestOutcome a, final TestOutcome b, final Collection<String> knownFlaky) {
        if (a.status() == StageStatus.INFRA || b.status() == StageStatus.INFRA) {
            return of(Verdict.ERROR);
        }
        if (a.status() == StageStatus.SKIPPED || b.status() == StageStatus.SKIPPED) {
            return of(Verdict.SKIPPED);
        }
        final TreeSet<String> ids = new TreeSet<>(a.tests().keySet());
        ids.addAll(b.tests().keySet());
        if (a.failedWithoutNaming() || b.failedWithoutNaming()) {
            ids.add(WHOLE_RUN);
        }
        final Map<Group, List<String>> groups = new EnumMap<>(Group.class);
        for (final Group group : Group.values()) {
            groups.put(group, new ArrayList<>());
        }
        for (final String id : ids) {
            final Group group = group(ended(a, id), ended(b, id));
            final boolean known = group != Group.SAME && knownFlaky.contains(id);
            groups.getOrDefault(known ? Group.FLAKY : group, new ArrayList<>()).add(id);
        }
        final List<String> stillFailing = groups.getOrDefault(Group.STILL_FAILING, List.of());
        return new TestTable(
                verdict(groups),
                groups.getOrDefault(Group.NEWLY_FAILING, List.of()),
                groups.getOrDefault(Group.NEWLY_PASSING, List.of()),
                stillFailing,
                stillFailing.stream().filter(id -> differ(a, b, id)).toList(),
                groups.getOrDefault(Group.FLAKY, List.of()));
    }

    private static boolean differ(final TestOutcome a, final TestOutcome b, final String id) {
        final TestResult onA = a.tests().get(id);
        final TestResult onB = b.tests().get(id);
        return onA != null && onB != null && !onA.message().equals(onB.message());
    }

    private static Verdict verdict(final Map<Group, List<String>> groups) {
        if (!groups.getOrDefault(Group.NEWLY_FAILING, List.of()).isEmpty()) {
            return Verdict.REGRESSED;
        }
        if (!groups.getOrDefault(Group.FLAKY, List.of()).isEmpty()) {
            return Verdict.FLAKY;
        }
        if (!groups.getOrDefault(Group.NEWLY_PASSING, List.of()).isEmpty()) {
            return Verdict.FIXED;
        }
        return groups.getOrDefault(Group.STILL_FAILING, List.of()).isEmpty()
                ? Verdict.UNCHANGED
                : Verdict.STILL_FAILING;
    }

    private static Group group(final Ended a, final Ended b) {
        return switch (a) {
            case PASSED ->
                switch (b) {
                    case PASSED, SKIPPED -> Group.SAME;
                    case FAILED, ABSENT -> Group.NEWLY_FAILING;
                    case FLAKY -> Group.FLAKY;
                };
            case FAILED ->
                switch (b) {
                    case PASSED -> Group.NEWLY_PASSING;
                    case FAILED, ABSENT -> Group.STILL_FAILING;
                    case SKIPPED -> Group.SAME;
                    case FLAKY -> Group.FLAKY;
                };
            case SKIPPED ->
                switch (b) {
                    case FAILED -> Group.NEWLY_FAILING;
                    case PASSED, SKIPPED, ABSENT -> Group.SAME;
                    case FLAKY -> Group.FLAKY;
                };
            case ABSENT ->
                switch (b) {
                    case PASSED -> Group.NEWLY_PASSING;
                    case FAILED -> Group.NEWLY_FAILING;
                    case SKIPPED, ABSENT -> Group.SAME;
                    case FLAKY -> Group.FLAKY;
                };
            case FLAKY -> Group.FLAKY;
        };
    }

    private static Ended ended(final TestOutcome side, final String id) {
        final TestResult result = side.tests().get(id);
        if (result == null && id.equals(WHOLE_RUN)) {
            return side.failedWithoutNaming() ? Ended.FAILED : Ended.PASSED;
        }
        if (result == null) {
            return Ended.ABSENT;
        }
        return switch (result.status()) {
            case PASSED -> Ended.PASSED;
            case FAILED -> Ended.FAILED;
            case SKIPPED -> Ended.SKIPPED;
            case FLAKY -> Ended.FLAKY;
        };
    }
}
