package dev.maar.agent.build;

import dev.maar.agent.job.SubjectRecipe;
import dev.maar.agent.sandbox.Launch;
import dev.maar.agent.source.ContentHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** A subject that a command builds, with whatever tool. */
final class CommandSubject implements SubjectProduct {

    private static final String JAR = "subject.jar";
    private static final String POM = "subject.pom";
    private static final String BASE_VERSION = "0";
    private static final int HASH_DIGITS = 12;

    private final BuildContext context;
    private final SubjectRecipe.Command recipe;
    private final int copy;

    CommandSubject(final BuildContext context, final SubjectRecipe.Command recipe, final int copy) {
        this.context = context;
        this.recipe = recipe;
        this.copy = copy;
    }

    @Override
    public ProgramRun.End run(final Path root, final Path jdk, final Path log, final ProgramRun.Watch limits)
            throws IOException, InterruptedException {
        final Launch launch = Launch.logged(recipe.command(), root, Maven.environment(jdk, root), log);
        return ProgramRun.run(
                context.sandbox().confine(launch, SubjectBuilder.place(root, jdk)), context.reaper(), limits);
    }

    @Override
    public Kept collect(final Path root, final Path home, final String coordinates, final long millis)
            throws IOException, NoProductException {
        if (recipe.jar().isEmpty()) {
            // Nothing to hash but the source, which names the folder already.
            final String hash = ContentHash.ofText(String.valueOf(home.getFileName()));
            return Kept.passed("source-" + hash.substring(0, HASH_DIGITS), hash, "", millis, List.of());
        }
        final List<Path> jars = Glob.files(root, recipe.jar());
        if (jars.size() != 1) {
            throw new NoProductException("the command left " + (jars.isEmpty() ? "no file" : jars.size() + " files")
                    + " that matches " + recipe.jar() + "; the subject's manifest must name one jar");
        }
        final Path jar = Files.copy(jars.get(0), home.resolve(JAR), StandardCopyOption.REPLACE_EXISTING);
        final String sha256 = ContentHash.ofFile(jar);
        final String version = BASE_VERSION + "-"
                + (copy == 0 ? sha256 : ContentHash.ofText(sha256 + " copy " + copy)).substring(0, HASH_DIGITS);
        final String pom = coordinates.isEmpty() ? "" : Pom.minimal(coordinates, version, List.of());
        Files.write(home.resolve(POM), pom.getBytes(StandardCharsets.UTF_8));
        return Kept.passed(
                version,
                sha256,
                Jars.firstClass(jar),
                millis,
                List.of(new Kept.KeptArtifact(coordinates, JAR, POM, sha256)));
    }
}
