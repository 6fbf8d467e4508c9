package dev.maar.agent.build;

import dev.maar.agent.job.AdopterRecipe;
import dev.maar.agent.job.StageStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Java sources without a build tool: Maven finds the libraries, once for each list of them, and javac compiles. */
final class JavacAdopter implements AdopterBuild {

    private final BuildContext context;
    private final AdopterRecipe.JavacBuild recipe;

    JavacAdopter(final BuildContext context, final AdopterRecipe.JavacBuild recipe) {
        this.context = context;
        this.recipe = recipe;
    }

    @Override
    public Result build(final AdopterWork work, final boolean testsToo) throws IOException, InterruptedException {
        final long start = System.nanoTime();
        final List<String> libraries = new ArrayList<>(List.of(JigArtifact.COORDINATES + ":" + context.jigVersion()));
        for (final String written : recipe.classpath()) {
            if (written.split(":", -1).length == 3) {
                libraries.add(written);
            } else if (written.equals(work.subject().coordinates())) {
                libraries.add(written + ":" + work.subject().version());
            } else if (!written.equals(JigArtifact.COORDINATES)) {
                return Result.failed(
                        StageStatus.FAIL,
                        "class path entry '" + written + "' is neither group:artifact:version nor the subject, "
                                + work.subject().coordinates(),
                        0);
            }
        }
        if (libraries.size() == 1) {
            return compile(work, List.of(context.jigJar()), start);
        }
        final Libraries.Found found = new Libraries(context)
                .find(libraries, work.jdk(), work.buildLog(), "libraries " + recipe.classpath(), work.buildLimits());
        return found.end().succeeded()
                ? compile(work, found.classPath(), start)
                : Result.of(found.end(), work.buildLog(), work.subject().coordinates());
    }

    private Result compile(final AdopterWork work, final List<Path> libraries, final long start)
            throws IOException, InterruptedException {
        final Path jigs = JigSources.in(work.source());
        final List<Path> sources = Glob.files(work.source(), "**/*.java").stream()
                .filter(file -> !file.startsWith(jigs))
                .toList();
        if (sources.isEmpty()) {
            return Result.failed(StageStatus.FAIL, "there are no Java sources in the adopter's folder", 0);
        }
        final Path classes = work.home().resolve("classes");
        final ProgramRun.End end = new Javac(context).compile(work, sources, classes, libraries, work.buildLog());
        if (!end.succeeded()) {
            return Result.of(end, work.buildLog(), work.subject().coordinates());
        }
        final List<Path> classPath = new ArrayList<>(List.of(classes, work.source()));
        classPath.addAll(libraries);
        return Result.passed(ProgramRun.millisSince(start), classPath);
    }
}
