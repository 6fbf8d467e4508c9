package dev.maar.agent.build;

import dev.maar.agent.job.AdopterRecipe;
import dev.maar.agent.job.StageStatus;
import dev.maar.agent.job.TestOutcome;
import dev.maar.agent.job.TestResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a run of tests means. */
final class TestRun {

    private static final int NAMED = 5;

    private TestRun() {}

    /** What to add to a call of Maven for it to run the tests. Failing ones do not fail the call: the results are what counts. */
    static List<String> arguments(final AdopterRecipe.MavenTest recipe) {
        final List<String> arguments = new ArrayList<>(List.of("-Dmaven.test.failure.ignore=true"));
        arguments.addAll(recipe.arguments());
        arguments.add("test");
        return arguments;
    }

    /** The outcome of a run of Surefire. */
    static TestOutcome outcome(final AdopterWork work, final ProgramRun.End end, final Path log, final long millis)
            throws IOException {
        final List<Path> results = Glob.files(work.source(), JUnitResults.SUREFIRE);
        return results.isEmpty() && end.succeeded()
                ? of(StageStatus.SKIPPED, "Maven found no tests", Map.of(), log, millis)
                : outcome(results, end, log, millis, work.subject().coordinates());
    }

    /** The outcome of a run that wrote result files, or did not. */
    static TestOutcome outcome(
            final List<Path> resultFiles,
            final ProgramRun.End end,
            final Path log,
            final long millis,
            final String subject)
            throws IOException {
        if (!end.stopped().isEmpty()) {
            return of(StageStatus.INFRA, end.stopped(), Map.of(), log, millis);
        }
        final BuildLog said = BuildLog.read(log);
        Map<String, TestResult> tests = Map.of();
        try {
            tests = JUnitResults.read(resultFiles);
        } catch (final IOException e) {
            if (end.succeeded()) {
                return of(StageStatus.INFRA, String.valueOf(e.getMessage()), Map.of(), log, millis);
            }
            // A run that crashed leaves half a file: the crash is what happened.
        }
        if (!end.succeeded()) {
            final Optional<String> fault =
                    tests.isEmpty() ? said.environmentFault(end.exit(), subject) : said.machineFault(end.exit());
            if (fault.isPresent()) {
                return of(StageStatus.INFRA, fault.get(), tests, log, millis);
            }
        }
        final List<String> failed = tests.entrySet().stream()
                .filter(test -> test.getValue().status() == TestResult.Status.FAILED)
                .map(Map.Entry::getKey)
                .toList();
        if (!failed.isEmpty()) {
            return of(StageStatus.FAIL, failures(failed, tests.size()), tests, log, millis);
        }
        if (!end.succeeded()) {
            return of(StageStatus.FAIL, said.errors(end.exit()), tests, log, millis);
        }
        return of(StageStatus.PASS, "", tests, log, millis);
    }

    static TestOutcome of(
            final StageStatus status,
            final String reason,
            final Map<String, TestResult> tests,
            final Path log,
            final long millis) {
        return new TestOutcome(status, reason, tests, log.toFile().exists() ? log.toString() : "", false, millis);
    }

    private static String failures(final List<String> failed, final int all) {
        final String named = String.join(", ", failed.subList(0, Math.min(NAMED, failed.size())));
        return failed.size() + " of " + all + " tests failed: " + named + (failed.size() > NAMED ? ", ..." : "");
    }
}
