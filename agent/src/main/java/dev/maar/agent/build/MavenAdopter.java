package dev.maar.agent.build;

import dev.maar.agent.job.AdopterRecipe;
import dev.maar.agent.job.StageStatus;
import dev.maar.agent.job.TestOutcome;
import dev.maar.agent.source.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An adopter with a Maven build. Compiling, the class path and, where that is safe, the tests are one call of Maven: the class path's
 * file appears between compiling and testing, and so tells a build that failed from tests that did.
 */
final class MavenAdopter implements AdopterBuild {

    private static final String CLASS_PATH = "target/maar-class-path";

    private final BuildContext context;
    private final AdopterRecipe.MavenBuild recipe;

    MavenAdopter(final BuildContext context, final AdopterRecipe.MavenBuild recipe) {
        this.context = context;
        this.recipe = recipe;
    }

    @Override
    public Result build(final AdopterWork work, final boolean testsToo) throws IOException, InterruptedException {
        if (!Files.exists(work.source().resolve("pom.xml"))) {
            return Result.failed(StageStatus.FAIL, "there is no pom.xml in the adopter's folder", 0);
        }
        substitute(work);
        final boolean together = testsToo && work.recipe().test() instanceof AdopterRecipe.MavenTest && isSafe(work);
        final List<String> arguments = arguments(work);
        arguments.addAll(recipe.arguments());
        arguments.addAll(List.of("process-test-classes", Maven.DEPENDENCY_PLUGIN + ":build-classpath"));
        if (together) {
            arguments.addAll(
                    TestRun.arguments((AdopterRecipe.MavenTest) work.recipe().test()));
        }
        final Phases phases = new Phases(work);
        final Maven.Call call = new Maven.Call(
                work.source(),
                work.jdk(),
                arguments,
                together ? work.testEnvironment() : Map.of(),
                work.buildLog(),
                "adopter " + work.recipe().contentSha256() + recipe
                        + (together ? work.recipe().test() : ""),
                work.place());
        final ProgramRun.End end = new Maven(context).run(call, phases);
        if (!FileTrees.holds(work.source(), work.source().resolve(CLASS_PATH)) || (!together && !end.succeeded())) {
            return end.succeeded()
                    ? Result.failed(StageStatus.FAIL, "Maven succeeded but made no class path", end.millis())
                    : Result.of(end, work.buildLog(), work.subject().coordinates());
        }
        final long buildMillis = phases.buildMillis(end.millis());
        final Optional<TestOutcome> tested = together
                ? Optional.of(TestRun.outcome(work, end, work.buildLog(), end.millis() - buildMillis))
                : Optional.empty();
        return new Result(StageStatus.PASS, "", buildMillis, classPath(work), tested);
    }

    /** Puts the side's version into the farm's copy of POMs that have no property for it. */
    void substitute(final AdopterWork work) throws IOException {
        if (recipe.versionProperty().isEmpty() && !work.subject().coordinates().isEmpty()) {
            new Substitution(work.subject().coordinates(), work.subject().version()).apply(work.source());
        }
    }

    /** What every call for this adopter and side says. */
    List<String> arguments(final AdopterWork work) {
        final List<String> arguments = new ArrayList<>();
        if (!work.subject().coordinates().isEmpty() && !recipe.versionProperty().isEmpty()) {
            arguments.add("-D" + recipe.versionProperty() + "=" + work.subject().version());
        }
        arguments.addAll(List.of(
                "-Dmaar-jig.version=" + context.jigVersion(),
                "-Dmdep.outputFile=" + CLASS_PATH,
                "-Dmdep.regenerateFile=true",
                "-DincludeScope=test"));
        return arguments;
    }

    /**
     * Whether tests can run in the build's call: not when modules alternate between the two, and not with flags or environment that
     * the side asks for, since those could break Maven itself and then read as a failed build.
     */
    private static boolean isSafe(final AdopterWork work) throws IOException {
        return work.side().jvmArgs().isEmpty()
                && work.side().env().isEmpty()
                && !Files.readString(work.source().resolve("pom.xml")).contains("<module>");
    }

    /** The classes of every module that was built, then what they depend on. */
    private static List<Path> classPath(final AdopterWork work) throws IOException {
        final Set<Path> own = new LinkedHashSet<>();
        final Set<Path> dependencies = new LinkedHashSet<>();
        for (final Path file : Glob.files(work.source(), "**/" + CLASS_PATH)) {
            final Path target = file.resolveSibling(".").normalize();
            for (final String folder : List.of("test-classes", "classes")) {
                if (Files.isDirectory(target.resolve(folder))) {
                    own.add(target.resolve(folder));
                }
            }
            dependencies.addAll(CommandAdopter.classPath(file));
        }
        own.addAll(dependencies);
        return List.copyOf(own);
    }

    /** Holds the build's limits until the class path is there, and the tests' after. */
    private static final class Phases implements ProgramRun.Watch {

        private final Path classPath;
        private final AdopterRecipe.Timeouts timeouts;
        private long buildMillis = -1;

        Phases(final AdopterWork work) {
            this.classPath = work.source().resolve(CLASS_PATH);
            this.timeouts = work.recipe().timeouts();
        }

        @Override
        public Optional<String> objection(final long elapsedMillis, final long silentMillis) {
            if (buildMillis < 0 && Files.exists(classPath)) {
                buildMillis = elapsedMillis;
            }
            final boolean testing = buildMillis >= 0;
            return ProgramRun.limits(
                            testing ? "the test run" : "the build",
                            testing ? timeouts.testMillis() : timeouts.buildMillis(),
                            timeouts.silenceMillis())
                    .objection(testing ? elapsedMillis - buildMillis : elapsedMillis, silentMillis);
        }

        long buildMillis(final long all) {
            return buildMillis < 0 ? all : Math.min(buildMillis, all);
        }
    }
}
