package dev.maar.agent.build;

import dev.maar.agent.job.SubjectRecipe;
import dev.maar.agent.source.ContentHash;
import dev.maar.agent.source.FileTrees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A subject that is a module of a Maven build: packaged without its tests, with a POM that needs no parent. */
final class MavenSubject implements SubjectProduct {

    private static final String FLATTENED = ".flattened-pom.xml";
    private static final int HASH_DIGITS = 12;

    private final BuildContext context;
    private final SubjectRecipe.Maven recipe;
    private final int copy;

    MavenSubject(final BuildContext context, final SubjectRecipe.Maven recipe, final int copy) {
        this.context = context;
        this.recipe = recipe;
        this.copy = copy;
    }

    @Override
    public ProgramRun.End run(final Path root, final Path jdk, final Path log, final ProgramRun.Watch limits)
            throws IOException, InterruptedException {
        final List<String> arguments = new ArrayList<>();
        if (!module().isEmpty()) {
            arguments.addAll(List.of("-pl", module(), "-am"));
        }
        arguments.addAll(List.of(
                "-Dmaar.fast",
                "-Dmaven.test.skip=true",
                // The same sources must give the same bytes, also where the subject's own POM does not see to it.
                "-Dproject.build.outputTimestamp=2026-01-01T00:00:00Z",
                "-DflattenedPomFilename=" + FLATTENED));
        arguments.addAll(recipe.arguments());
        arguments.addAll(List.of("package", Maven.FLATTEN_PLUGIN + ":flatten"));
        final ContentHash resolution = new ContentHash().with("subject", arguments);
        for (final Path pom :
                List.of(root.resolve("pom.xml"), root.resolve(module()).resolve("pom.xml"))) {
            if (Files.exists(pom)) {
                resolution.withFile("pom", pom);
            }
        }
        final Maven.Call call =
                new Maven.Call(root, jdk, arguments, Map.of(), log, resolution.hex(), SubjectBuilder.place(root, jdk));
        return new Maven(context).run(call, limits);
    }

    @Override
    public Kept collect(final Path root, final Path home, final String coordinates, final long millis)
            throws IOException, NoProductException {
        final Map<String, Built> reactor = reactor(root);
        final Built main = reactor.get(coordinates);
        if (main == null || !main.folder().equals(root.resolve(module()).normalize())) {
            throw new NoProductException("module '" + recipe.module() + "' does not make the artifact " + coordinates
                    + " of the subject's manifest; the build made " + reactor.keySet());
        }
        final Map<String, Built> needed = needed(main, reactor);
        final Map<String, String> hashes = new LinkedHashMap<>();
        final List<Kept.KeptArtifact> artifacts = new ArrayList<>();
        for (final Map.Entry<String, Built> one : needed.entrySet()) {
            final Path jar = jar(one.getValue());
            final String name = one.getValue().pom().artifactId();
            Files.copy(jar, home.resolve(name + ".jar"), StandardCopyOption.REPLACE_EXISTING);
            hashes.put(one.getKey(), ContentHash.ofFile(jar));
            artifacts.add(new Kept.KeptArtifact(one.getKey(), name + ".jar", name + ".pom", hashes.get(one.getKey())));
        }
        final String version =
                main.pom().version() + "-" + identity(needed, hashes).substring(0, HASH_DIGITS);
        final Map<String, String> versions = new TreeMap<>();
        needed.keySet().forEach(module -> versions.put(module, version));
        for (final Built one : needed.values()) {
            Files.write(home.resolve(one.pom().artifactId() + ".pom"), one.pom().with(version, versions));
        }
        final Path jar = home.resolve(main.pom().artifactId() + ".jar");
        return Kept.passed(version, ContentHash.ofFile(jar), Jars.firstClass(jar), millis, artifacts);
    }

    /**
     * What the version stands for. Not the jar alone: with the same classes, another version of a dependency (which a parent's POM
     * may decide, and the jar does not show) or another build of a sibling module is another subject. A further copy of the same
     * content has a version of its own.
     */
    private String identity(final Map<String, Built> needed, final Map<String, String> hashes) {
        final ContentHash identity = new ContentHash().with("copy", copy);
        needed.forEach((module, built) ->
                identity.with(module, hashes.getOrDefault(module, "")).with("pom", built.flattened()));
        return identity.hex();
    }

    /** The artifact's module first, then those of the same reactor that it depends on, directly or not. */
    private static Map<String, Built> needed(final Built main, final Map<String, Built> reactor) {
        final Map<String, Built> needed = new LinkedHashMap<>();
        final Deque<Built> open = new ArrayDeque<>(List.of(main));
        while (!open.isEmpty()) {
            final Built next = open.remove();
            if (needed.putIfAbsent(next.pom().coordinates(), next) == null) {
                next.pom().dependencies().stream()
                        .filter(reactor::containsKey)
                        .map(reactor::get)
                        .forEach(open::add);
            }
        }
        return needed;
    }

    private static Map<String, Built> reactor(final Path root) throws IOException {
        final Map<String, Built> reactor = new TreeMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile() && file.endsWith(FLATTENED)) {
                    final Built built = Built.of(file);
                    reactor.put(built.pom().coordinates(), built);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return reactor;
    }

    private static Path jar(final Built built) throws IOException, NoProductException {
        final Path target = built.folder().resolve("target");
        final Path expected =
                target.resolve(built.pom().artifactId() + "-" + built.pom().version() + ".jar");
        if (FileTrees.holds(built.folder(), expected)) {
            return expected;
        }
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> files = Files.list(target)) {
                final List<Path> jars = files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                        .filter(file -> file.toString().endsWith(".jar"))
                        .filter(file -> !file.toString().matches(".*-(sources|javadoc|tests)\\.jar"))
                        .filter(file -> !String.valueOf(file.getFileName()).startsWith("original-"))
                        .toList();
                if (jars.size() == 1) {
                    return jars.get(0);
                }
            }
        }
        throw new NoProductException("the build of " + built.pom().coordinates() + " left no jar named "
                + expected.getFileName() + " in target");
    }

    private String module() {
        return Path.of(recipe.module()).normalize().toString();
    }

    /**
     * A module that the reactor built.
     *
     * @param folder its folder
     * @param pom its flattened POM
     * @param flattened the text of that POM
     */
    private record Built(Path folder, Pom pom, String flattened) {

        static Built of(final Path file) throws IOException {
            final byte[] content = Files.readAllBytes(file);
            return new Built(
                    file.resolveSibling(".").normalize(),
                    Pom.parse(content),
                    new String(content, StandardCharsets.UTF_8));
        }
    }
}
