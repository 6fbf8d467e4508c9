package dev.maar.agent.run;

import dev.maar.agent.job.Both;
import dev.maar.agent.job.SideName;
import dev.maar.agent.job.StageStatus;
import dev.maar.agent.job.TestOutcome;
import dev.maar.agent.job.TestResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The same tests, run several times on both sides. A test that did not end the same way each time on a side is flaky there: a failure
 * counts only if it repeats, and only if the other side's pass repeats too. For one thread.
 */
final class TestRuns {

    /** How often the tests of a side are run at most. */
    static final int MOST = 3;

    private static final String FAILED = TestResult.Status.FAILED.label();
    private static final String ABSENT = "absent";

    private final List<TestOutcome> a = new ArrayList<>();
    private final List<TestOutcome> b = new ArrayList<>();

    TestRuns(final Both<TestOutcome> first) {
        a.add(first.a());
        b.add(first.b());
    }

    /** Adds a run of both sides; a side that the environment spoilt, or that was not run, says nothing and is left out. */
    void add(final Both<TestOutcome> again) {
        addIfRun(a, again.a());
        addIfRun(b, again.b());
    }

    private static void addIfRun(final List<TestOutcome> runs, final TestOutcome run) {
        if (isRun(run)) {
            runs.add(run);
        }
    }

    private static boolean isRun(final TestOutcome run) {
        return run.status() == StageStatus.PASS || run.status() == StageStatus.FAIL;
    }

    /** Whether a test ended otherwise on one side than on the other, each time so far, and one of the two is a failure. */
    boolean disagree() {
        if (!isRun(a.get(0)) || !isRun(b.get(0))) {
            return false;
        }
        return ids().stream().anyMatch(id -> {
            final Set<String> onA = endings(a, id);
            final Set<String> onB = endings(b, id);
            final boolean failure =
                    onA.contains(FAILED) || onB.contains(FAILED) || onA.contains(ABSENT) || onB.contains(ABSENT);
            return onA.size() == 1 && onB.size() == 1 && !onA.equals(onB) && failure;
        });
    }

    /** What all runs together say of a side. */
    TestOutcome of(final SideName side) {
        final List<TestOutcome> runs = side == SideName.A ? a : b;
        final TestOutcome first = runs.get(0);
        if (runs.size() == 1) {
            return first;
        }
        final Map<String, TestResult> tests = new TreeMap<>();
        final List<String> flaky = new ArrayList<>();
        for (final String id : ids()) {
            final Optional<TestResult> result = together(runs, id);
            result.ifPresent(ended -> tests.put(id, ended));
            if (result.isPresent() && result.get().status() == TestResult.Status.FLAKY) {
                flaky.add(id);
            }
        }
        final boolean failed = tests.values().stream().anyMatch(test -> test.status() == TestResult.Status.FAILED)
                || endings(runs, TestOutcome.WHOLE_RUN).equals(Set.of(FAILED));
        return new TestOutcome(
                failed ? StageStatus.FAIL : StageStatus.PASS,
                flaky.isEmpty() ? first.reason() : words(runs.size(), flaky),
                tests,
                first.log(),
                runs.stream().allMatch(TestOutcome::cached),
                runs.stream().mapToLong(TestOutcome::millis).sum());
    }

    private static String words(final int runs, final List<String> flaky) {
        return "did not end the same way in " + runs + " runs: " + String.join(", ", flaky);
    }

    private Set<String> ids() {
        final Set<String> ids = new TreeSet<>(Set.of(TestOutcome.WHOLE_RUN));
        a.forEach(run -> ids.addAll(run.tests().keySet()));
        b.forEach(run -> ids.addAll(run.tests().keySet()));
        return ids;
    }

    private static Optional<TestResult> together(final List<TestOutcome> runs, final String id) {
        final Set<String> endings = endings(runs, id);
        if (endings.size() > 1) {
            final String message = runs.stream()
                    .map(run -> run.tests().get(id))
                    .filter(result -> result != null && !result.message().isEmpty())
                    .map(TestResult::message)
                    .findFirst()
                    .orElse("");
            return Optional.of(new TestResult(TestResult.Status.FLAKY, message));
        }
        return Optional.ofNullable(runs.get(0).tests().get(id));
    }

    private static Set<String> endings(final List<TestOutcome> runs, final String id) {
        final Set<String> endings = new LinkedHashSet<>();
        for (final TestOutcome run : runs) {
            final TestResult result = run.tests().get(id);
            if (id.equals(TestOutcome.WHOLE_RUN)) {
                endings.add(run.failedWithoutNaming() ? FAILED : TestResult.Status.PASSED.label());
            } else {
                endings.add(result == null ? ABSENT : result.status().label());
            }
        }
        return endings;
    }
}
