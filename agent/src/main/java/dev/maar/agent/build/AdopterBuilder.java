package dev.maar.agent.build;

import dev.maar.agent.job.AdopterRecipe;
import dev.maar.agent.job.BuildOutcome;
import dev.maar.agent.job.Side;
import dev.maar.agent.job.Stage;
import dev.maar.agent.job.StageStatus;
import dev.maar.agent.job.TestOutcome;
import dev.maar.agent.source.FileMutex;
import dev.maar.agent.source.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Builds an adopter against one side, on a copy of its own. What was built is kept under the hash of what went in, so that equal
 * sides build once; a build that the environment spoilt is not kept. Thread-safe, for several processes too.
 */
public final class AdopterBuilder {

    static final String RECORD = "build.json";

    private final BuildContext context;

    /**
     * With what all builders share.
     *
     * @param context the context
     */
    public AdopterBuilder(final BuildContext context) {
        this.context = context;
    }

    /**
     * Builds an adopter, or finds it built. When its tests are asked for too, they run in the same call of Maven where that is
     * possible, and {@link AdopterTester} finds their result.
     *
     * @param recipe how
     * @param subject the side's subject
     * @param side the side
     * @param stages the stages that will be asked for
     * @return what came of it; a build that fails is an outcome, not an exception
     * @throws IOException when the cache can not be written
     * @throws InterruptedException when interrupted; what ran is gone then
     */
    public BuiltAdopter build(
            final AdopterRecipe recipe, final SubjectArtifact subject, final Side side, final Set<Stage> stages)
            throws IOException, InterruptedException {
        final AdopterWork work = AdopterWork.of(recipe, subject, side, context);
        try (FileMutex ignored = FileMutex.acquire(context.lock("adopter-" + work.key()))) {
            context.cache().use(work.home());
            final Optional<KeptBuild> kept = Store.read(work.home().resolve(RECORD), KeptBuild.class)
                    .filter(found -> found.isWhole(work.source()));
            if (kept.isPresent()) {
                return kept.get().adopter(work);
            }
            final boolean tests = stages.contains(Stage.TEST);
            context.progress()
                    .begins("building" + (tests ? " and testing " : " ") + recipe.name() + ", side "
                            + side.name().label());
            ProgramRun.awaitAbandoned(work.home());
            FileTrees.delete(work.home());
            Files.createDirectories(work.work());
            final Optional<List<Path>> reused = new Reuse(context).take(work);
            if (reused.isPresent()) {
                final BuildOutcome outcome = new BuildOutcome(
                        StageStatus.PASS, BuildOutcome.SAME_ABI, work.buildLog().toString(), true, 0);
                return keep(work, outcome, reused.get()).adopter(work);
            }
            FileTrees.copy(Path.of(recipe.directory()), work.source());
            final AdopterBuild.Result result = complete(work, way(recipe).build(work, tests));
            final BuildOutcome outcome = result.outcome(work.buildLog(), false);
            if (result.status() != StageStatus.INFRA) {
                keep(work, outcome, result.classPath());
            }
            if (result.status() == StageStatus.PASS) {
                new Reuse(context).offer(work);
            }
            if (result.tested().isPresent()) {
                AdopterTester.keep(work, result.tested().get());
            }
            return new BuiltAdopter(outcome, work.key(), work.source(), result.classPath(), result.tested());
        }
    }

    /**
     * Removes what is kept of a build and its tests, so that the next one starts from nothing.
     *
     * @param recipe the adopter
     * @param subject the side's subject
     * @param side the side
     * @throws IOException when something can not be removed
     * @throws InterruptedException when interrupted meanwhile
     */
    public void forget(final AdopterRecipe recipe, final SubjectArtifact subject, final Side side)
            throws IOException, InterruptedException {
        final AdopterWork work = AdopterWork.of(recipe, subject, side, context);
        try (FileMutex ignored = FileMutex.acquire(context.lock("adopter-" + work.key()))) {
            ProgramRun.awaitAbandoned(work.home());
            FileTrees.delete(work.home());
        }
    }

    private static KeptBuild keep(final AdopterWork work, final BuildOutcome outcome, final List<Path> classPath)
            throws IOException {
        final KeptBuild kept =
                new KeptBuild(outcome, classPath.stream().map(Path::toString).toList());
        Store.write(work.home().resolve(RECORD), kept);
        return kept;
    }

    /** What the adopter's own build leaves to the farm: is the side's subject really there, and the jigs from outside. */
    private AdopterBuild.Result complete(final AdopterWork work, final AdopterBuild.Result built)
            throws IOException, InterruptedException {
        if (built.status() != StageStatus.PASS) {
            return built;
        }
        final Optional<String> wrong = Resolution.objection(work, built.classPath(), context.repository());
        return wrong.isPresent()
                ? AdopterBuild.Result.failed(StageStatus.INFRA, wrong.get(), built.millis())
                : new JigSources(context).compile(work, built);
    }

    private AdopterBuild way(final AdopterRecipe recipe) {
        if (recipe.build() instanceof AdopterRecipe.MavenBuild maven) {
            return new MavenAdopter(context, maven);
        }
        if (recipe.build() instanceof AdopterRecipe.JavacBuild javac) {
            return new JavacAdopter(context, javac);
        }
        return recipe.build() instanceof AdopterRecipe.CommandBuild command
                ? new CommandAdopter(context, command)
                : new UnbuiltAdopter(context);
    }

    /**
     * A build as it is kept in the cache.
     *
     * @param outcome how it ended
     * @param classPath its class path
     */
    record KeptBuild(BuildOutcome outcome, List<String> classPath) {

        KeptBuild {
            classPath = List.copyOf(classPath);
        }

        /** Whether all of it is still there: its folder, and what is on its class path. */
        boolean isWhole(final Path source) {
            return Files.isDirectory(source) && classPath.stream().map(Path::of).allMatch(Files::exists);
        }

        BuiltAdopter adopter(final AdopterWork work) {
            final BuildOutcome cached =
                    new BuildOutcome(outcome.status(), outcome.reason(), outcome.log(), true, outcome.millis());
            final Optional<TestOutcome> untested = Optional.empty();
            return new BuiltAdopter(
                    cached,
                    work.key(),
                    work.source(),
                    classPath.stream().map(Path::of).toList(),
                    untested);
        }
    }
}
