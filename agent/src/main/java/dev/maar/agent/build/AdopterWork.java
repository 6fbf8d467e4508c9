package dev.maar.agent.build;

import dev.maar.agent.job.AdopterRecipe;
import dev.maar.agent.job.Side;
import dev.maar.agent.sandbox.Limits;
import dev.maar.agent.sandbox.Place;
import dev.maar.agent.source.ContentHash;
import dev.maar.agent.source.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One adopter against one side, and where it lies in the cache.
 *
 * @param recipe the adopter
 * @param subject the side's subject
 * @param side the side
 * @param jdk the JDK's home
 * @param key the hash of all that goes into the build
 * @param abiKey the hash of all that goes into compiling it, whatever the subject's version; empty when it has to be compiled
 * @param home the build's folder in the cache
 */
record AdopterWork(
        AdopterRecipe recipe, SubjectArtifact subject, Side side, Path jdk, String key, String abiKey, Path home) {

    static AdopterWork of(
            final AdopterRecipe recipe, final SubjectArtifact subject, final Side side, final BuildContext context)
            throws IOException {
        final Path jdk = context.jdk(side);
        final ContentHash hash = new ContentHash()
                .with("kind", "maar-adopter/2")
                .with("content", recipe.contentSha256())
                .with("build", recipe.build())
                .with("subject", subject.coordinates())
                .with("version", subject.version())
                .with("artifact", subject.sha256())
                .with("jig", context.jigVersion())
                .with("jdk", Jdks.identity(jdk))
                .with("copy", side.copy());
        if (context.sandbox().confines()) {
            // What fails for want of a network is not taken for what fails with one.
            hash.with("sandbox", context.sandbox().label());
        }
        if (recipe.build() instanceof AdopterRecipe.CommandBuild) {
            // A command is told its side, so what it does for one is not taken for the other.
            hash.with("side", side.name()).with("source", subject.directory());
        }
        final String key = hash.hex();
        return new AdopterWork(
                recipe,
                subject,
                side,
                jdk,
                key,
                abiKey(recipe, subject, side, jdk, context),
                context.cacheDirectory().resolve("adopters").resolve(key));
    }

    private static String abiKey(
            final AdopterRecipe recipe,
            final SubjectArtifact subject,
            final Side side,
            final Path jdk,
            final BuildContext context)
            throws IOException {
        final boolean compiled = recipe.build() instanceof AdopterRecipe.MavenBuild
                || recipe.build() instanceof AdopterRecipe.JavacBuild;
        if (!compiled || subject.abi().isEmpty()) {
            return "";
        }
        return new ContentHash()
                .with("kind", "maar-adopter-abi/1")
                .with("content", recipe.contentSha256())
                .with("build", recipe.build())
                .with("subject", subject.coordinates())
                .with("abi", subject.abi())
                .with("jig", context.jigVersion())
                .with("jdk", Jdks.identity(jdk))
                // A control's twin never takes over what was compiled for the side that it is held against.
                .with("copy", side.copy())
                .hex();
    }

    /** The adopter's folder as built. */
    Path source() {
        return home.resolve("src");
    }

    /** The limits of its build. */
    ProgramRun.Watch buildLimits() {
        return ProgramRun.limits(
                "the build", recipe.timeouts().buildMillis(), recipe.timeouts().silenceMillis());
    }

    /** A folder for the adopter's commands. */
    Path work() {
        return home.resolve("work");
    }

    /** Is there when the classes are those of another build. */
    Path reusedMark() {
        return home.resolve("reused");
    }

    Path buildLog() {
        return home.resolve("build.log");
    }

    /** Where a run of the tests is kept, by all that goes into it beyond the build. */
    Path testHome() {
        final ContentHash hash = new ContentHash()
                .with("test", recipe.test())
                .with("subject flags", subject.jvmArgs())
                .with("flags", side.jvmArgs())
                .with("environment", side.env());
        if (recipe.test() instanceof AdopterRecipe.CommandTest) {
            hash.with("side", side.name()).with("source", subject.directory());
        }
        return home.resolve("tests").resolve(hash.hex());
    }

    /** The place that builds and tests have: the adopter's folder, one for their own files, and one for those of media drivers. */
    Place place() throws IOException {
        return place(List.of());
    }

    /** The same place with more folders to change. */
    Place place(final List<Path> more) throws IOException {
        final List<Path> writable = new ArrayList<>(List.of(source(), work()));
        writable.addAll(more);
        final List<Path> scratch = List.of(Files.createDirectories(testHome()));
        return new Place(writable, scratch, List.of(home, jdk), false, Limits.ofBuild(recipe.resources()));
    }

    SubjectVariables variables(final BuildContext context) {
        return SubjectVariables.of(subject, context.repository(), side.name(), source(), work());
    }

    /** What a command of the adopter's sees. */
    Map<String, String> commandEnvironment(final BuildContext context) {
        final Map<String, String> environment = Maven.environment(jdk, source());
        environment.putAll(variables(context).environment());
        return environment;
    }

    /**
     * What the JVMs of the tests see: the flags that the subject needs and the side asks for, the side's environment, and
     * a place for media drivers of their own, so that tests of two sides at the same time do not meet. Makes that place.
     */
    Map<String, String> testEnvironment() throws IOException {
        final Map<String, String> environment = new HashMap<>();
        Files.createDirectories(testHome());
        environment.put("AERON_DIR", testHome().resolve("aeron").toString());
        environment.putAll(side.env());
        final List<String> flags = new ArrayList<>(subject.jvmArgs());
        flags.addAll(side.jvmArgs());
        if (!flags.isEmpty()) {
            environment.put(
                    "JDK_JAVA_OPTIONS", flags.stream().map(AdopterWork::quoted).collect(Collectors.joining(" ")));
        }
        return environment;
    }

    private static String quoted(final String flag) {
        return flag.chars().anyMatch(Character::isWhitespace) ? '"' + flag + '"' : flag;
    }
}
