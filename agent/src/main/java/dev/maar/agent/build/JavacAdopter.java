package dev.maar.agent.build;

import dev.maar.agent.job.AdopterRecipe;
import dev.maar.agent.job.StageStatus;
import dev.maar.agent.sandbox.Launch;
import dev.maar.agent.source.ContentHash;
import dev.maar.agent.source.FileMutex;
import dev.maar.agent.source.FileTrees;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

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
        final Result resolved = resolve(work, libraries);
        return resolved.status() == StageStatus.PASS ? compile(work, resolved.classPath(), start) : resolved;
    }

    /** The jars of the libraries and of what they need. */
    private Result resolve(final AdopterWork work, final List<String> libraries)
            throws IOException, InterruptedException {
        if (libraries.size() == 1) {
            return Result.passed(0, List.of(context.jigJar()));
        }
        final String key = new ContentHash().with("libraries", libraries).hex();
        final Path kept = context.cacheDirectory().resolve("class-paths").resolve(key);
        try (FileMutex ignored = FileMutex.acquire(context.lock("class-path-" + key))) {
            if (Files.exists(kept)) {
                final List<Path> classPath = CommandAdopter.classPath(kept);
                if (classPath.stream().allMatch(Files::exists)) {
                    return Result.passed(0, classPath);
                }
            }
            final Path folder = Files.createDirectories(work.work().resolve("resolve-" + UUID.randomUUID()));
            try {
                Files.writeString(folder.resolve("pom.xml"), Pom.minimal("dev.maar.farm:bare", "1", libraries));
                final Maven.Call call = new Maven.Call(
                        folder,
                        work.jdk(),
                        List.of(Maven.DEPENDENCY_PLUGIN + ":build-classpath", "-Dmdep.outputFile=class-path"),
                        Map.of(),
                        work.buildLog(),
                        "libraries " + recipe.classpath());
                final ProgramRun.End end = new Maven(context).run(call, limits(work));
                if (!end.succeeded()) {
                    return Result.of(end, work.buildLog(), work.subject().coordinates());
                }
                final byte[] found = Files.readAllBytes(folder.resolve("class-path"));
                Store.writeAtomically(kept, found);
                return Result.passed(end.millis(), CommandAdopter.classPath(kept));
            } finally {
                FileTrees.delete(folder);
            }
        }
    }

    private Result compile(final AdopterWork work, final List<Path> libraries, final long start)
            throws IOException, InterruptedException {
        final List<Path> sources = Glob.files(work.source(), "**/*.java");
        if (sources.isEmpty()) {
            return Result.failed(StageStatus.FAIL, "there are no Java sources in the adopter's folder", 0);
        }
        final Path classes = Files.createDirectories(work.home().resolve("classes"));
        final Path list = work.work().resolve("sources");
        Files.write(
                list,
                sources.stream()
                        .map(file -> '"' + file.toString().replace("\\", "\\\\") + '"')
                        .toList(),
                StandardCharsets.UTF_8);
        final List<String> command = List.of(
                work.jdk().resolve("bin/javac").toString(),
                "-encoding",
                "UTF-8",
                "-g",
                "-proc:none",
                "-d",
                classes.toString(),
                "-classpath",
                libraries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                "@" + list);
        final ProgramRun.End end = ProgramRun.run(
                Launch.logged(command, work.source(), Maven.environment(work.jdk(), work.source()), work.buildLog()),
                context.reaper(),
                limits(work));
        if (!end.succeeded()) {
            return Result.of(end, work.buildLog(), work.subject().coordinates());
        }
        final List<Path> classPath = new ArrayList<>(List.of(classes, work.source()));
        classPath.addAll(libraries);
        return Result.passed(ProgramRun.millisSince(start), classPath);
    }

    private static ProgramRun.Watch limits(final AdopterWork work) {
        return ProgramRun.limits(
                "the build",
                work.recipe().timeouts().buildMillis(),
                work.recipe().timeouts().silenceMillis());
    }
}
