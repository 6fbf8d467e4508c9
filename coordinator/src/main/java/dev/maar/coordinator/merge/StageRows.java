package dev.maar.coordinator.merge;

import dev.maar.agent.job.Both;
import dev.maar.agent.job.BuildOutcome;
import dev.maar.agent.job.JobResult;
import dev.maar.agent.job.StageStatus;
import dev.maar.agent.job.TestOutcome;
import dev.maar.agent.job.TestResult;
import dev.maar.agent.job.Verdict;
import dev.maar.coordinator.report.AdopterReport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The stages build and test of one adopter as a report shows them. Pure functions. */
final class StageRows {

    private StageRows() {}

    /** The build stage; {@code relative} turns a log's path into one relative to the report. */
    static AdopterReport.Build build(final JobResult.Staged staged, final UnaryOperator<String> relative) {
        final BuildOutcome a = staged.builds().a();
        final BuildOutcome b = staged.builds().b();
        return new AdopterReport.Build(
                a.status(),
                b.status(),
                BuildTable.verdict(a.status(), b.status()),
                reason(words(a), words(b)),
                relative.apply(a.log()),
                relative.apply(b.log()),
                reused(a),
                reused(b));
    }

    private static String words(final BuildOutcome build) {
        return build.status() == StageStatus.PASS ? "" : build.reason();
    }

    private static String reused(final BuildOutcome build) {
        if (!build.cached() || build.status() != StageStatus.PASS) {
            return "";
        }
        return build.reason().isEmpty() ? "reused: built before from the same content" : "reused: " + build.reason();
    }

    static AdopterReport.Build unbuilt(final StageStatus status, final String reason) {
        return new AdopterReport.Build(status, status, BuildTable.verdict(status, status), reason, "", "");
    }

    static AdopterReport.Test test(
            final Both<TestOutcome> tests, final List<String> knownFlaky, final UnaryOperator<String> relative) {
        final TestTable table = TestTable.of(tests.a(), tests.b(), knownFlaky);
        return new AdopterReport.Test(
                counts(tests.a()),
                counts(tests.b()),
                table.verdict(),
                table.newlyFailing(),
                table.newlyPassing(),
                table.stillFailing(),
                table.failingDifferently(),
                table.flaky(),
                table.verdict() == Verdict.UNCHANGED
                        ? ""
                        : reason(tests.a().reason(), tests.b().reason()),
                messages(table, tests),
                relative.apply(tests.a().log()),
                relative.apply(tests.b().log()));
    }

    private static Map<String, String> messages(final TestTable table, final Both<TestOutcome> tests) {
        final Map<String, String> messages = new TreeMap<>();
        Stream.of(table.newlyPassing(), table.stillFailing(), table.newlyFailing(), table.flaky())
                .flatMap(List::stream)
                .forEach(id -> {
                    final String a = message(tests.a(), id);
                    final String b = message(tests.b(), id);
                    final String both = table.failingDifferently().contains(id)
                            ? "side a: " + a + "; side b: " + b
                            : b.isEmpty() ? a : b;
                    if (!both.isEmpty()) {
                        messages.put(id, both);
                    }
                });
        return messages;
    }

    private static String message(final TestOutcome side, final String id) {
        final TestResult result = side.tests().get(id);
        return result == null ? "" : result.message();
    }

    private static AdopterReport.Counts counts(final TestOutcome side) {
        return new AdopterReport.Counts(
                side.count(TestResult.Status.PASSED),
                side.count(TestResult.Status.FAILED),
                side.count(TestResult.Status.SKIPPED));
    }

    private static String reason(final String a, final String b) {
        if (a.isEmpty() || a.equals(b)) {
            return b;
        }
        return b.isEmpty() ? "side a: " + a : "side a: " + a + "\nside b: " + b;
    }
}
