package dev.maar.agent.build;

import dev.maar.agent.source.FileMutex;
import dev.maar.agent.source.FileTrees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The farm's own local Maven repository. It is filled once from the user's, with what that has downloaded; what the user installed
 * there stays out, so that a build never meets the user's copy of a subject, and the farm installs nothing in the user's. Safe for
 * several threads and processes.
 */
public final class FarmRepository {

    private static final String STATE = ".maar";
    private static final String OWN_GROUP = "dev/maar";
    private static final String TRACKING = "_remote.repositories";
    /** What Maven keeps beside artifacts for itself, or has not finished. */
    private static final Set<String> TRANSIENT = Set.of(".lastUpdated", ".part", ".tmp", ".lock", "-in-progress");

    private final Path directory;

    private FarmRepository(final Path directory) {
        this.directory = directory;
    }

    static FarmRepository open(final Path directory, final Optional<Path> userRepository, final BuildProgress progress)
            throws IOException, InterruptedException {
        final Path state = Files.createDirectories(directory.resolve(STATE));
        final FarmRepository repository = new FarmRepository(directory.toRealPath());
        final Path seeded = state.resolve("seeded");
        if (!Files.exists(seeded)) {
            try (FileMutex ignored = FileMutex.acquire(state.resolve("lock"))) {
                if (!Files.exists(seeded)) {
                    if (userRepository.isPresent()) {
                        progress.begins("filling the farm's own Maven repository from " + userRepository.get());
                        repository.seed(userRepository.get().toRealPath());
                    }
                    Store.writeAtomically(seeded, new byte[0]);
                }
            }
        }
        return repository;
    }

    /**
     * Where it is: {@code -Dmaven.repo.local}.
     *
     * @return an absolute path
     */
    public Path directory() {
        return directory;
    }

    /** Takes out what filling brought in of an artifact, once: from then on only what the farm builds and Maven downloads is there. */
    void withhold(final String coordinates) throws IOException, InterruptedException {
        final Path marker = directory.resolve(STATE).resolve("withheld-" + coordinates.replace(':', '+'));
        if (Files.exists(marker)) {
            return;
        }
        try (FileMutex ignored = FileMutex.acquire(directory.resolve(STATE).resolve("lock"))) {
            if (!Files.exists(marker)) {
                FileTrees.delete(folder(coordinates));
                Store.writeAtomically(marker, new byte[0]);
            }
        }
    }

    /** Puts an artifact there, whole or not at all; nothing happens when the version is there already. */
    void install(final String coordinates, final String version, final Path jar, final byte[] pom) throws IOException {
        final Path target = folder(coordinates).resolve(version);
        if (isInstalled(coordinates, version)) {
            return;
        }
        final Path partial = directory.resolve(STATE).resolve("install-" + UUID.randomUUID());
        Files.createDirectories(partial);
        Files.createDirectories(folder(coordinates));
        try {
            final String name = coordinates.substring(coordinates.indexOf(':') + 1) + "-" + version;
            Files.copy(jar, partial.resolve(name + ".jar"));
            Files.write(partial.resolve(name + ".pom"), pom);
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (final FileSystemException e) {
            // Another builder of the same content may have been faster; a folder of Maven's failed look-ups is
            // replaced.
            if (!isInstalled(coordinates, version)) {
                FileTrees.delete(target);
                Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            FileTrees.delete(partial);
        }
    }

    /** Where an artifact's jar is, whether it is there or not. */
    Path jar(final String coordinates, final String version) {
        return folder(coordinates)
                .resolve(version)
                .resolve(coordinates.substring(coordinates.indexOf(':') + 1) + "-" + version + ".jar");
    }

    /** Where an artifact's POM is, whether it is there or not. */
    Path pom(final String coordinates, final String version) {
        final Path jar = jar(coordinates, version);
        return jar.resolveSibling(jar.getFileName().toString().replaceFirst("jar$", "pom"));
    }

    /** Whether a jar is one of an artifact's, of whatever version. */
    boolean isOf(final String coordinates, final Path jar) {
        return jar.startsWith(folder(coordinates));
    }

    private boolean isInstalled(final String coordinates, final String version) {
        return Files.exists(jar(coordinates, version));
    }

    private Path folder(final String coordinates) {
        final int colon = coordinates.indexOf(':');
        if (colon <= 0 || coordinates.indexOf(':', colon + 1) >= 0) {
            throw new IllegalArgumentException("not group:artifact: " + coordinates);
        }
        return directory
                .resolve(coordinates.substring(0, colon).replace('.', '/'))
                .resolve(coordinates.substring(colon + 1));
    }

    private void seed(final Path from) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(final Path visited, final BasicFileAttributes attributes)
                    throws IOException {
                if (visited.equals(from)) {
                    return FileVisitResult.CONTINUE;
                }
                final Path relative = from.relativize(visited);
                if (relative.toString().startsWith(".") || relative.equals(Path.of(OWN_GROUP)) || isUsersOwn(visited)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(directory.resolve(relative.toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()) {
                    take(file, directory.resolve(from.relativize(file).toString()));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(final Path file, final IOException e) {
                // The user's Maven works there at the same time: what is gone again is not needed.
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void take(final Path file, final Path to) throws IOException {
        final String name = file.getFileName().toString();
        if (Files.exists(to)
                || TRANSIENT.stream().anyMatch(name::contains)
                || name.equals("maven-metadata-local.xml")) {
            return;
        }
        final boolean written =
                name.equals(TRACKING) || name.endsWith(".properties") || name.startsWith("maven-metadata");
        if (!written) {
            try {
                Files.createLink(to, file);
                return;
            } catch (final FileAlreadyExistsException e) {
                return;
            } catch (final UnsupportedOperationException | FileSystemException e) {
                // Another file system, or one without hard links: copied below.
            }
        }
        // What Maven changes in place must not be shared with the user's repository.
        final Path partial = to.resolveSibling(name + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.copy(file, partial);
            Files.move(partial, to, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    /** Whether {@code mvn install} put a version there: Maven then tracks its files without the name of a remote repository. */
    private static boolean isUsersOwn(final Path folder) throws IOException {
        final Path tracking = folder.resolve(TRACKING);
        if (Files.isReadable(tracking)) {
            return Files.readAllLines(tracking, StandardCharsets.ISO_8859_1).stream()
                    .anyMatch(line -> line.endsWith(">="));
        }
        try (DirectoryStream<Path> local = Files.newDirectoryStream(folder, "maven-metadata-local.xml")) {
            return local.iterator().hasNext() && folder.getFileName().toString().endsWith("-SNAPSHOT");
        }
    }
}
