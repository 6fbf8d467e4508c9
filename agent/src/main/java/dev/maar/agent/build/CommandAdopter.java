package dev.maar.agent.build;

import dev.maar.agent.job.AdopterRecipe;
import dev.maar.agent.sandbox.Launch;
import dev.maar.agent.source.FileTrees;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An adopter that a command builds. Where it has JVM jigs, the command writes their class path, in one line, to
 * {@code ${work.dir}/classpath}; else it is the usual folders for classes with the subject and the jig API.
 */
final class CommandAdopter implements AdopterBuild {

    private static final List<String> USUAL_FOLDERS = List.of(
            "target/test-classes", "target/classes", "build/classes/java/test", "build/classes/java/main", "classes");

    private final BuildContext context;
    private final AdopterRecipe.CommandBuild recipe;

    CommandAdopter(final BuildContext context, final AdopterRecipe.CommandBuild recipe) {
        this.context = context;
        this.recipe = recipe;
    }

    @Override
    public Result build(final AdopterWork work, final boolean testsToo) throws IOException, InterruptedException {
        final Launch launch = Launch.logged(
                work.variables(context).in(recipe.command()),
                work.source(),
                work.commandEnvironment(context),
                work.buildLog());
        final ProgramRun.End end =
                ProgramRun.run(context.sandbox().confine(launch, work.place()), context.reaper(), work.buildLimits());
        if (!end.succeeded()) {
            return Result.of(end, work.buildLog(), work.subject().coordinates());
        }
        final Path written = work.work().resolve("classpath");
        return Result.passed(
                end.millis(),
                FileTrees.holds(work.work(), written) ? classPath(written) : plainClassPath(work, context));
    }

    /** Reads a class path of one line. */
    static List<Path> classPath(final Path file) throws IOException {
        return Stream.of(Files.readString(file, StandardCharsets.UTF_8).strip().split(File.pathSeparator))
                .filter(entry -> !entry.isBlank())
                .map(Path::of)
                .toList();
    }

    /** Folders for classes as tools use to name them, the subject's jar and the jig API's. */
    static List<Path> plainClassPath(final AdopterWork work, final BuildContext context) {
        final List<Path> classPath = new ArrayList<>();
        USUAL_FOLDERS.stream()
                .map(work.source()::resolve)
                .filter(Files::isDirectory)
                .forEach(classPath::add);
        work.subject().jar().ifPresent(classPath::add);
        classPath.add(context.jigJar());
        return classPath;
    }
}
