package dev.maar.agent.build;

import dev.maar.agent.source.ContentHash;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The jig API that this Maar runs with, in the farm's Maven repository: adopters of both sides compile against the same bytes.
 *
 * @param version the unique version under which adopters resolve it
 * @param jar the jar in the farm's repository
 */
record JigArtifact(String version, Path jar) {

    static final String COORDINATES = "dev.maar:jig";

    private static final String BASE_VERSION = "0.1.0";
    private static final LocalDateTime NO_TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

    /** Installs a jar, or a folder of classes of which a jar is made: the same classes give the same bytes. */
    static JigArtifact install(final Path jarOrClasses, final FarmRepository repository) throws IOException {
        if (!Files.exists(jarOrClasses)) {
            throw new IOException("there is no jig API at " + jarOrClasses);
        }
        final boolean isFolder = Files.isDirectory(jarOrClasses);
        final Path jar = isFolder ? Files.createTempFile("maar-jig", ".jar") : jarOrClasses;
        try {
            if (isFolder) {
                pack(jarOrClasses, jar);
            }
            final String version = BASE_VERSION + "-" + ContentHash.ofFile(jar).substring(0, 12);
            repository.install(
                    COORDINATES,
                    version,
                    jar,
                    Pom.minimal(COORDINATES, version, List.of()).getBytes(StandardCharsets.UTF_8));
            return new JigArtifact(version, repository.jar(COORDINATES, version));
        } finally {
            if (isFolder) {
                Files.deleteIfExists(jar);
            }
        }
    }

    private static void pack(final Path classes, final Path jar) throws IOException {
        final List<Path> files;
        try (Stream<Path> all = Files.walk(classes)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream packed = new JarOutputStream(out)) {
            for (final Path file : files) {
                final JarEntry entry = new JarEntry(classes.relativize(file).toString());
                entry.setTimeLocal(NO_TIME);
                packed.putNextEntry(entry);
                Files.copy(file, packed);
                packed.closeEntry();
            }
        }
    }
}
