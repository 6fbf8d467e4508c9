package dev.maar.agent.build;

import dev.maar.agent.job.AdopterRecipe;
import dev.maar.agent.job.Side;
import dev.maar.agent.job.StageStatus;
import dev.maar.agent.job.TestOutcome;
import dev.maar.agent.sandbox.Launch;
import dev.maar.agent.source.FileMutex;
import dev.maar.agent.source.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a built adopter's own tests, in its folder. Results are kept under the hash of what went in; a run that the environment spoilt
 * is not. Thread-safe, for several processes too.
 */
public final class AdopterTester {

    private static final String RECORD = "tests.json";
    private static final String LOG = "test.log";

    private final BuildContext context;

    /**
     * With what all builders share.
     *
     * @param context the context
     */
    public AdopterTester(final BuildContext context) {
        this.context = context;
    }

    /**
     * Tests an adopter, or finds it tested.
     *
     * @param recipe how
     * @param built the adopter as {@link AdopterBuilder} built it
     * @param subject the side's subject
     * @param side the side
     * @return what came of it; tests that fail are an outcome, not an exception
     * @throws IOException when the cache can not be written
     * @throws InterruptedException when interrupted; what ran is gone then
     */
    public TestOutcome test(
            final AdopterRecipe recipe, final BuiltAdopter built, final SubjectArtifact subject, final Side side)
            throws IOException, InterruptedException {
        if (recipe.test() instanceof AdopterRecipe.NoTest) {
            return TestOutcome.skipped("the adopter has no tests");
        }
        if (!built.passed()) {
            return TestOutcome.skipped("the build did not pass");
        }
        if (built.tested().isPresent()) {
            return built.tested().get();
        }
        final AdopterWork work = AdopterWork.of(recipe, subject, side, context);
        try (FileMutex ignored = FileMutex.acquire(context.lock("adopter-" + work.key()))) {
            final Optional<TestOutcome> kept = Store.read(work.testHome().resolve(RECORD), TestOutcome.class);
            if (kept.isPresent()) {
                return cached(kept.get());
            }
            context.progress()
                    .begins("testing " + recipe.name() + ", side " + side.name().label());
            ProgramRun.awaitAbandoned(work.testHome());
            FileTrees.delete(work.testHome());
            Files.createDirectories(work.testHome());
            final TestOutcome outcome = run(work, work.testHome().resolve(LOG));
            keep(work, outcome);
            return outcome;
        }
    }

    /**
     * Tests an adopter once more, to see whether its tests end the same way again.
     *
     * @param recipe how
     * @param built the adopter as {@link AdopterBuilder} built it
     * @param subject the side's subject
     * @param side the side
     * @param run which run it is, from 2; each is kept for itself
     * @return what came of it
     * @throws IOException when the cache can not be written
     * @throws InterruptedException when interrupted; what ran is gone then
     */
    public TestOutcome testAgain(
            final AdopterRecipe recipe,
            final BuiltAdopter built,
            final SubjectArtifact subject,
            final Side side,
            final int run)
            throws IOException, InterruptedException {
        if (recipe.test() instanceof AdopterRecipe.NoTest || !built.passed()) {
            return TestOutcome.skipped("there is nothing to test");
        }
        final AdopterWork work = AdopterWork.of(recipe, subject, side, context);
        final Path record = work.testHome().resolve("tests-" + run + ".json");
        try (FileMutex ignored = FileMutex.acquire(context.lock("adopter-" + work.key()))) {
            final Optional<TestOutcome> kept = Store.read(record, TestOutcome.class);
            if (kept.isPresent()) {
                return cached(kept.get());
            }
            ProgramRun.awaitAbandoned(work.testHome());
            Files.createDirectories(work.testHome());
            final TestOutcome outcome = run(work, work.testHome().resolve("test-" + run + ".log"));
            if (outcome.status() != StageStatus.INFRA) {
                Store.write(record, outcome);
            }
            return outcome;
        }
    }

    private TestOutcome run(final AdopterWork work, final Path log) throws IOException, InterruptedException {
        return work.recipe().test() instanceof final AdopterRecipe.CommandTest command
                ? run(work, command, log)
                : runMaven(work, log);
    }

    /** Keeps a result, unless the environment spoilt it. */
    static void keep(final AdopterWork work, final TestOutcome outcome) throws IOException {
        if (outcome.status() != StageStatus.INFRA) {
            Store.write(work.testHome().resolve(RECORD), outcome);
        }
    }

    private TestOutcome runMaven(final AdopterWork work, final Path log) throws IOException, InterruptedException {
        if (!(work.recipe().build() instanceof AdopterRecipe.MavenBuild build)
                || !(work.recipe().test() instanceof AdopterRecipe.MavenTest test)) {
            return TestOutcome.skipped("test: maven needs build: maven");
        }
        removeAll(Glob.files(work.source(), JUnitResults.SUREFIRE));
        final List<String> arguments = new MavenAdopter(context, build).arguments(work);
        arguments.addAll(build.arguments());
        if (Files.exists(work.reusedMark())) {
            // The classes were compiled against another version with the same ABI: only what is newer than its class is
            // compiled.
            arguments.add("-Dmaven.compiler.useIncrementalCompilation=false");
        }
        arguments.addAll(TestRun.arguments(test));
        final Maven.Call call = new Maven.Call(
                work.source(),
                work.jdk(),
                arguments,
                work.testEnvironment(),
                log,
                "tests " + work.recipe().contentSha256() + build + test,
                work.place());
        final ProgramRun.End end = new Maven(context).run(call, limits(work));
        return TestRun.outcome(work, end, log, end.millis());
    }

    private TestOutcome run(final AdopterWork work, final AdopterRecipe.CommandTest test, final Path log)
            throws IOException, InterruptedException {
        if (!test.junitXml().isEmpty()) {
            // Results that lie in the adopter's source say nothing of this run.
            removeAll(Glob.files(work.source(), test.junitXml()));
        }
        final Map<String, String> environment = work.commandEnvironment(context);
        environment.putAll(work.testEnvironment());
        final Launch launch =
                Launch.logged(work.variables(context).in(test.command()), work.source(), environment, log);
        final ProgramRun.End end =
                ProgramRun.run(context.sandbox().confine(launch, work.place()), context.reaper(), limits(work));
        final List<Path> files = test.junitXml().isEmpty() ? List.of() : Glob.files(work.source(), test.junitXml());
        if (files.isEmpty() && end.succeeded() && !test.junitXml().isEmpty()) {
            return TestRun.of(
                    StageStatus.INFRA,
                    "the command succeeded but wrote no results: nothing matches " + test.junitXml(),
                    Map.of(),
                    log,
                    end.millis());
        }
        return TestRun.outcome(files, end, log, end.millis(), work.subject().coordinates());
    }

    private static void removeAll(final List<Path> files) throws IOException {
        for (final Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    private static TestOutcome cached(final TestOutcome outcome) {
        return new TestOutcome(
                outcome.status(), outcome.reason(), outcome.tests(), outcome.log(), true, outcome.millis());
    }

    private static ProgramRun.Watch limits(final AdopterWork work) {
        return ProgramRun.limits(
                "the test run",
                work.recipe().timeouts().testMillis(),
                work.recipe().timeouts().silenceMillis());
    }
}
