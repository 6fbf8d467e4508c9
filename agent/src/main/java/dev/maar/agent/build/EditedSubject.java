package dev.maar.agent.build;

import dev.maar.agent.job.Side;
import dev.maar.agent.job.SubjectRecipe;
import dev.maar.agent.resident.ResidentCompiler;
import dev.maar.agent.resident.ResidentModule;
import dev.maar.agent.source.ContentHash;
import dev.maar.agent.source.GitSource;
import dev.maar.agent.source.Jdks;
import dev.maar.agent.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One side's subject that Maven built, and what edits make of it: the edited Java sources are compiled in this process and nothing else is
 * built. Whatever an edit may touch beyond that (a POM, a resource, another module) is for Maven, and is said to be. For one thread.
 */
public final class EditedSubject {

    private static final String JAVA_ROOT = "src/main/java/";
    private static final String TEST_ROOT = "src/test/";

    private final SubjectRecipe recipe;
    private final SubjectArtifact base;
    private final String baseTree;
    private final GitSource source;
    private final ResidentModule module;
    private final String prefix;
    /** The tree whose sources the module has seen. */
    private String seenTree;

    private EditedSubject(
            final SubjectRecipe recipe,
            final SubjectArtifact base,
            final Side side,
            final GitSource source,
            final ResidentModule module) {
        this.recipe = recipe;
        this.base = base;
        this.baseTree = side.tree();
        this.source = source;
        this.module = module;
        this.prefix = prefix((SubjectRecipe.Maven) recipe.build());
        this.seenTree = side.tree();
    }

    /** What may become of a request that not everything fits. */
    public sealed interface Opened {

        /**
         * Edits can be compiled here.
         *
         * @param subject by this
         */
        record Here(EditedSubject subject) implements Opened {}

        /**
         * Only Maven builds this subject.
         *
         * @param reason why, in words
         */
        record NotHere(String reason) implements Opened {}
    }

    /** What came of an edited side. */
    public sealed interface Result {

        /**
         * It was compiled.
         *
         * @param artifact the jar, with whatever else was in the base's
         * @param compiled how many sources were compiled for it
         * @param all whether those were all there are
         * @param sameAbi whether what was compiled against the base fits it
         */
        record Built(SubjectArtifact artifact, int compiled, boolean all, boolean sameAbi) implements Result {}

        /**
         * It does not compile.
         *
         * @param errors the compiler's, each with its place
         */
        record Broken(List<String> errors) implements Result {
            /** Copies the list. */
            public Broken {
                errors = List.copyOf(errors);
            }
        }

        /**
         * Only Maven can build it.
         *
         * @param reason why, in words
         */
        record NotHere(String reason) implements Result {}
    }

    /**
     * Takes over a side that Maven built, if this process's compiler makes the same class files of it.
     *
     * @param context what builders share
     * @param compiler the compiler
     * @param recipe how the subject is built
     * @param base the side as Maven built it
     * @param side the side
     * @param source where its content is
     * @param work an empty folder of its own
     * @return the subject, or why not
     * @throws IOException when files can not be read or written
     * @throws InterruptedException when interrupted meanwhile
     */
    public static Opened open(
            final BuildContext context,
            final ResidentCompiler compiler,
            final SubjectRecipe recipe,
            final SubjectArtifact base,
            final Side side,
            final GitSource source,
            final Path work)
            throws IOException, InterruptedException {
        if (!(recipe.build() instanceof final SubjectRecipe.Maven maven)
                || base.jar().isEmpty()
                || base.pom().isEmpty()) {
            return new Opened.NotHere("the subject is not built by Maven");
        }
        if (base.abi().isEmpty()) {
            return new Opened.NotHere("the subject is more than one module");
        }
        final Path folder = base.directory().resolve(maven.module());
        if (!Files.isDirectory(folder.resolve(JAVA_ROOT))) {
            return new Opened.NotHere("the subject has no " + JAVA_ROOT);
        }
        final Optional<List<Path>> libraries = new SubjectClassPath(context)
                .of(maven, base.directory(), context.jdk(side), work.resolve("class-path.log"));
        if (libraries.isEmpty()) {
            return new Opened.NotHere("Maven does not say what the subject is compiled against");
        }
        final Optional<ResidentModule> module = ResidentModule.of(
                compiler,
                new ResidentModule.Built(folder.resolve(JAVA_ROOT), base.jar().get()),
                libraries.get(),
                work.resolve("module"));
        if (module.isEmpty()) {
            return new Opened.NotHere("the subject's class files are of several Java releases");
        }
        final Optional<String> objection = unproved(context, base, side, libraries.get(), module.get());
        return objection.isPresent()
                ? new Opened.NotHere(objection.get())
                : new Opened.Here(new EditedSubject(recipe, base, side, source, module.get()));
    }

    /** Why the compiler can not stand in for the build; asked once for the same jar, libraries and JDK. */
    private static Optional<String> unproved(
            final BuildContext context,
            final SubjectArtifact base,
            final Side side,
            final List<Path> libraries,
            final ResidentModule module)
            throws IOException {
        final String key = new ContentHash()
                .with("kind", "maar-same-classes/1")
                .with("jar", base.sha256())
                .with("libraries", libraries)
                .with("jdk", Jdks.identity(context.jdk(side)))
                .with("compiler", Runtime.version())
                .hex();
        final Path proof = context.cacheDirectory().resolve("same-classes").resolve(key);
        if (Files.exists(proof)) {
            return Optional.empty();
        }
        context.progress().begins("comparing what this JDK's compiler makes of the subject with what Maven made");
        final Optional<String> differs = module.differsFromBuild();
        if (differs.isEmpty()) {
            Store.writeAtomically(proof, new byte[0]);
        }
        return differs;
    }

    /**
     * Brings the subject to another tree.
     *
     * @param side the side
     * @param into where its jar goes
     * @return what came of it
     * @throws SourceException when the tree is not there
     * @throws IOException when files can not be read or written
     * @throws InterruptedException when interrupted meanwhile
     */
    public Result build(final Side side, final Path into) throws IOException, InterruptedException, SourceException {
        final Optional<String> objection = objection(side.tree());
        if (objection.isPresent()) {
            return new Result.NotHere(objection.get());
        }
        final Map<String, Optional<String>> edits = new TreeMap<>();
        for (final String path : source.changed(seenTree, side.tree())) {
            if (isJava(path)) {
                edits.put(path.substring(javaRoot().length()), source.textOf(side.tree(), path));
            }
        }
        final ResidentModule.Update update = module.update(edits);
        seenTree = side.tree();
        if (update instanceof final ResidentModule.Update.Failed failed) {
            return new Result.Broken(failed.errors());
        }
        final ResidentModule.Update.Compiled compiled = (ResidentModule.Update.Compiled) update;
        module.writeJar(into);
        final SubjectArtifact artifact = artifact(into);
        return new Result.Built(
                artifact, compiled.compiled(), compiled.all(), artifact.abi().equals(base.abi()));
    }

    /**
     * The base itself, packed as edited sides are, so that the sides of a pair differ in nothing but their classes.
     *
     * @param into where its jar goes
     * @return the artifact
     * @throws IOException when files can not be read or written
     */
    public SubjectArtifact base(final Path into) throws IOException {
        ResidentModule.repack(base.jar().orElseThrow(), into);
        return artifact(into);
    }

    private SubjectArtifact artifact(final Path jar) throws IOException {
        final String sha256 = ContentHash.ofFile(jar);
        final Path pom = base.pom().orElseThrow();
        return new SubjectArtifact(
                base.name(),
                base.coordinates(),
                base.version().replaceFirst("-[0-9a-f]{12}$", "") + "-" + sha256.substring(0, 12),
                Optional.of(jar),
                base.pom(),
                sha256,
                base.entry(),
                Abi.of(jar, Files.readAllBytes(pom)),
                base.directory(),
                base.jvmArgs());
    }

    /** Why a tree is not for this compiler. */
    private Optional<String> objection(final String tree) throws IOException, InterruptedException, SourceException {
        final List<String> elsewhere = new ArrayList<>();
        for (final String path : source.changed(baseTree, tree)) {
            if (path.startsWith(prefix) && !isJava(path) && !path.startsWith(prefix + TEST_ROOT)) {
                return Optional.of(path + " was edited");
            }
            if (!path.startsWith(prefix)) {
                elsewhere.add(path);
            }
        }
        return elsewhere.isEmpty() || partsElsewhere(baseTree).equals(partsElsewhere(tree))
                ? Optional.empty()
                : Optional.of(elsewhere.get(0) + " was edited");
    }

    /** What the module is built from outside its own folder; the whole tree when that can not be told. */
    private Map<String, String> partsElsewhere(final String tree)
            throws IOException, InterruptedException, SourceException {
        final SubjectRecipe.Maven maven = (SubjectRecipe.Maven) recipe.build();
        final Map<String, String> parts =
                new TreeMap<>(SubjectContent.parts(maven, tree, source).orElse(Map.of("", tree)));
        parts.remove(Path.of(maven.module()).normalize().toString());
        return parts;
    }

    private boolean isJava(final String path) {
        return path.startsWith(javaRoot()) && path.endsWith(".java");
    }

    private String javaRoot() {
        return prefix + JAVA_ROOT;
    }

    private static String prefix(final SubjectRecipe.Maven maven) {
        final String module = Path.of(maven.module()).normalize().toString();
        return module.isEmpty() ? "" : module + "/";
    }
}
