package dev.maar.agent.resident;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A Java module that a build made once, and that edits change from then on. Edited sources are compiled against the classes of the others;
 * when what those see of them has changed, or a source came or went, all are compiled. For one thread.
 */
public final class ResidentModule {

    private static final String JAVA = ".java";

    private final ResidentCompiler compiler;
    private final List<Path> libraries;
    private final Path sources;
    private final Path classesFolder;
    private final Path scratch;
    private final CompilerFlags flags;
    private final JarImage image;
    /** The class files that fit the sources of the last good compilation. */
    private Map<String, byte[]> classes;
    /** The sources that were edited since. */
    private final Set<String> pending = new TreeSet<>();

    private boolean allPending;

    private ResidentModule(
            final ResidentCompiler compiler,
            final List<Path> libraries,
            final Path work,
            final CompilerFlags flags,
            final JarImage image) {
        this.compiler = compiler;
        this.libraries = List.copyOf(libraries);
        this.sources = work.resolve("sources");
        this.classesFolder = work.resolve("classes");
        this.scratch = work.resolve("compiled");
        this.flags = flags;
        this.image = image;
        this.classes = image.classes();
    }

    /**
     * Takes over a module that was built.
     *
     * @param compiler the compiler
     * @param built its sources, and the jar that a build made of them
     * @param libraries what it was compiled against
     * @param work an empty folder of its own
     * @return the module; nothing when its class files do not show how they were compiled
     * @throws IOException when files can not be read or written
     */
    public static Optional<ResidentModule> of(
            final ResidentCompiler compiler, final Built built, final List<Path> libraries, final Path work)
            throws IOException {
        final JarImage image = JarImage.read(built.jar());
        final Optional<CompilerFlags> flags = CompilerFlags.of(image.classes().values());
        if (flags.isEmpty()) {
            return Optional.empty();
        }
        final ResidentModule module = new ResidentModule(compiler, libraries, work, flags.get(), image);
        module.take(built.sources());
        return Optional.of(module);
    }

    /**
     * A module as a build left it.
     *
     * @param sources the root of its Java sources
     * @param jar the jar that was made of them
     */
    public record Built(Path sources, Path jar) {}

    /** How an update ended. */
    public sealed interface Update {

        /**
         * The classes are those of the sources.
         *
         * @param compiled how many sources were compiled
         * @param all whether those were all there are
         */
        record Compiled(int compiled, boolean all) implements Update {}

        /**
         * The sources do not compile.
         *
         * @param errors each with its place; at least one
         */
        record Failed(List<String> errors) implements Update {
            /** Copies the list. */
            public Failed {
                errors = List.copyOf(errors);
            }
        }
    }

    /**
     * Compiles all sources and compares the class files with those of the build, byte by byte. Only a module that passes may be updated:
     * then the build did nothing that this compiler would not do.
     *
     * @return what differs, in words; nothing when all is the same
     * @throws IOException when files can not be read or written
     */
    public Optional<String> differsFromBuild() throws IOException {
        final List<String> errors = compileAll();
        if (!errors.isEmpty()) {
            return Optional.of("this JDK's compiler does not compile what the build did: " + errors.get(0));
        }
        final Map<String, byte[]> own = read(scratch);
        if (!own.keySet().equals(classes.keySet())) {
            return Optional.of("the build made " + classes.size() + " class files, this JDK's compiler " + own.size());
        }
        return own.entrySet().stream()
                .filter(one -> !Arrays.equals(one.getValue(), classes.get(one.getKey())))
                .findFirst()
                .map(one -> "this JDK's compiler makes another " + one.getKey() + " than the build did");
    }

    /**
     * Takes edits and compiles what they ask for. After a failure the next update compiles those edits too.
     *
     * @param edits the new text of each edited source by its path below the root; nothing for one that is gone
     * @return how it ended
     * @throws IOException when files can not be read or written
     */
    public Update update(final Map<String, Optional<String>> edits) throws IOException {
        for (final Map.Entry<String, Optional<String>> edit : edits.entrySet()) {
            final Path file = sources.resolve(edit.getKey());
            allPending |= edit.getValue().isEmpty() || !Files.exists(file) || !isPlain(edit.getKey());
            if (edit.getValue().isPresent()) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, edit.getValue().get());
            } else {
                Files.deleteIfExists(file);
            }
            pending.add(edit.getKey());
        }
        if (pending.isEmpty()) {
            return new Update.Compiled(0, false);
        }
        return allPending ? updateAll() : updatePending();
    }

    /** What these name is seen everywhere without being named. */
    private static boolean isPlain(final String source) {
        return !source.endsWith("package-info.java") && !source.endsWith("module-info.java");
    }

    private Update updatePending() throws IOException {
        clear(scratch);
        final List<Path> classPath = new ArrayList<>(List.of(classesFolder));
        classPath.addAll(libraries);
        final List<String> errors =
                compiler.compile(pending.stream().map(sources::resolve).toList(), sources, scratch, classPath, flags);
        if (!errors.isEmpty()) {
            return new Update.Failed(errors);
        }
        final Map<String, byte[]> before = new TreeMap<>(classes);
        before.values()
                .removeIf(bytes -> !pending.contains(ModuleShape.of(bytes).sourcePath()));
        final Map<String, byte[]> after = read(scratch);
        if (!shapes(before).equals(shapes(after))) {
            return updateAll();
        }
        final Map<String, byte[]> merged = new TreeMap<>(classes);
        merged.putAll(after);
        return accept(merged, after, pending.size(), false);
    }

    private Update updateAll() throws IOException {
        final List<String> errors = compileAll();
        if (!errors.isEmpty()) {
            return new Update.Failed(errors);
        }
        final Map<String, byte[]> own = read(scratch);
        clear(classesFolder);
        return accept(own, own, javaFiles().size(), true);
    }

    private Update accept(
            final Map<String, byte[]> all,
            final Map<String, byte[]> fresh,
            final int compiled,
            final boolean everything)
            throws IOException {
        classes = all;
        write(fresh);
        pending.clear();
        allPending = false;
        return new Update.Compiled(compiled, everything);
    }

    /**
     * Writes a jar of the classes as they are now, with whatever else was in the build's. The same classes give the same bytes.
     *
     * @param jar the file; replaced when it is there
     * @throws IOException when it can not be written
     */
    public void writeJar(final Path jar) throws IOException {
        image.with(classes).write(jar);
    }

    /**
     * Writes the entries of a jar the way {@link #writeJar} does.
     *
     * @param jar the jar
     * @param into the file; replaced when it is there
     * @throws IOException when a file can not be read or written
     */
    public static void repack(final Path jar, final Path into) throws IOException {
        JarImage.read(jar).write(into);
    }

    /** The classes by name and what is seen of them. */
    private static Map<String, String> shapes(final Map<String, byte[]> some) {
        final Map<String, String> shapes = new TreeMap<>();
        some.forEach((name, bytes) -> shapes.put(name, ModuleShape.of(bytes).text()));
        return shapes;
    }

    private List<String> compileAll() throws IOException {
        clear(scratch);
        return compiler.compile(javaFiles(), sources, scratch, libraries, flags);
    }

    private List<Path> javaFiles() throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(JAVA)).sorted().toList();
        }
    }

    private void take(final Path from) throws IOException {
        Files.createDirectories(sources);
        final List<Path> files;
        try (Stream<Path> walk = Files.walk(from)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (final Path file : files) {
            final Path to = sources.resolve(from.relativize(file).toString());
            Files.createDirectories(to.getParent());
            Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
        }
        write(classes);
    }

    private void write(final Map<String, byte[]> some) throws IOException {
        for (final Map.Entry<String, byte[]> one : some.entrySet()) {
            final Path file = classesFolder.resolve(one.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, one.getValue());
        }
    }

    private static Map<String, byte[]> read(final Path folder) throws IOException {
        final Map<String, byte[]> read = new TreeMap<>();
        final List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(file -> file.toString().endsWith(".class")).toList();
        }
        for (final Path file : files) {
            read.put(folder.relativize(file).toString(), Files.readAllBytes(file));
        }
        return read;
    }

    private static void clear(final Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        final List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (final Path one : all) {
            Files.delete(one);
        }
    }
}
