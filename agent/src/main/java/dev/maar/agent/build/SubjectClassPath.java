package dev.maar.agent.build;

import dev.maar.agent.job.SubjectRecipe;
import dev.maar.agent.source.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a subject's module is compiled against, as Maven says; asked once for the same POMs. Thread-safe. */
final class SubjectClassPath {

    private final BuildContext context;

    SubjectClassPath(final BuildContext context) {
        this.context = context;
    }

    /**
     * Finds it.
     *
     * @param recipe how the subject is built
     * @param root the subject's source, as it was built
     * @param jdk the JDK it was built with
     * @param log where Maven's output goes
     * @return the jars; nothing when Maven can not say
     */
    Optional<List<Path>> of(final SubjectRecipe.Maven recipe, final Path root, final Path jdk, final Path log)
            throws IOException, InterruptedException {
        final ContentHash hash =
                new ContentHash().with("kind", "maar-class-path/1").with("build", recipe);
        for (final Path pom :
                List.of(root.resolve("pom.xml"), root.resolve(recipe.module()).resolve("pom.xml"))) {
            if (Files.exists(pom)) {
                hash.withFile("pom", pom);
            }
        }
        final Path file = context.cacheDirectory().resolve("class-paths").resolve(hash.hex());
        if (Files.exists(file)) {
            final List<Path> known = CommandAdopter.classPath(file);
            if (known.stream().allMatch(Files::exists)) {
                return Optional.of(known);
            }
        }
        Files.createDirectories(file.getParent());
        context.progress().begins("asking Maven what the subject is compiled against");
        final List<String> arguments =
                new ArrayList<>(List.of("-pl", recipe.module().isEmpty() ? "." : recipe.module()));
        arguments.addAll(recipe.arguments());
        arguments.addAll(List.of(
                Maven.DEPENDENCY_PLUGIN + ":build-classpath",
                "-Dmdep.outputFile=" + file,
                "-Dmdep.regenerateFile=true",
                "-DincludeScope=compile"));
        final Maven.Call call = new Maven.Call(
                root, jdk, arguments, Map.of(), log, "class path " + hash.hex(), SubjectBuilder.place(root, jdk));
        final ProgramRun.End end = new Maven(context)
                .run(
                        call,
                        ProgramRun.limits(
                                "asking for the class path",
                                context.settings().subjectTimeouts().buildMillis(),
                                context.settings().subjectTimeouts().silenceMillis()));
        return end.succeeded() && Files.exists(file) ? Optional.of(CommandAdopter.classPath(file)) : Optional.empty();
    }
}
