package dev.maar.agent.source;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * A frozen copy of an adopter's folder, so that both sides get the same files and later edits do not leak in.
 *
 * @param directory where the copy is
 * @param contentSha256 a hash over the names, kinds and contents of its files, in lower-case hexadecimal
 */
public record Snapshot(Path directory, String contentSha256) {

    private static final Set<String> BUILT_OR_HISTORY = Set.of("target", ".git");

    /**
     * Copies a folder. Inside a git repository that means the files that git tracks and those that are neither tracked nor ignored;
     * elsewhere all files but those under {@code target} and {@code .git}.
     *
     * @param directory the folder to copy
     * @param into where to; must not exist yet
     * @return the copy
     * @throws SourceException when there is no such folder, or it holds a symbolic link that leads outside
     * @throws IOException when a file can not be copied
     * @throws InterruptedException when interrupted meanwhile
     */
    public static Snapshot of(final Path directory, final Path into)
            throws IOException, InterruptedException, SourceException {
        if (!Files.isDirectory(directory)) {
            throw new SourceException(
                    "there is no folder " + directory.toAbsolutePath().normalize());
        }
        final Path real = directory.toRealPath();
        Files.createDirectories(into);
        for (final String name : files(real)) {
            copy(real.resolve(name), into.resolve(name));
        }
        FileTrees.refuseEscapingLinks(into, directory.toString());
        return new Snapshot(into.toRealPath(), hash(into));
    }

    /**
     * Takes the files of a commit.
     *
     * @param repository where the commit is
     * @param commit the commit
     * @param into where to; must not exist yet
     * @return the copy
     * @throws SourceException when the commit is not there, or holds a symbolic link that leads outside
     * @throws IOException when a file can not be written
     * @throws InterruptedException when interrupted meanwhile
     */
    public static Snapshot of(final GitSource repository, final String commit, final Path into)
            throws IOException, InterruptedException, SourceException {
        repository.materialise(commit, into);
        return new Snapshot(into.toRealPath(), hash(into));
    }

    /**
     * The same with a further folder copied into it.
     *
     * @param directory the folder to copy
     * @param place where to, from this snapshot's folder; replaced when it is there
     * @return the snapshot, in the same folder
     * @throws SourceException when there is no such folder, or it holds a symbolic link that leads outside
     * @throws IOException when a file can not be copied
     * @throws InterruptedException when interrupted meanwhile
     */
    public Snapshot with(final Path directory, final Path place)
            throws IOException, InterruptedException, SourceException {
        final Path target = this.directory.resolve(place);
        FileTrees.delete(target);
        of(directory, target);
        return new Snapshot(this.directory, hash(this.directory));
    }

    /**
     * The hash of what is in a folder, as a snapshot of it would have.
     *
     * @param directory the folder
     * @return 64 lower-case hexadecimal digits
     * @throws IOException when a file can not be read
     */
    static String contentOf(final Path directory) throws IOException {
        return hash(directory);
    }

    private static List<String> files(final Path directory) throws IOException, InterruptedException {
        final Git.Answer answer =
                Git.in(directory).ask("ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate");
        // A folder that git ignores as a whole has no files in git's eyes; it is then copied as if there were no git.
        if (answer.succeeded() && !answer.output().isEmpty()) {
            return List.of(answer.output().split("\0"));
        }
        final List<String> names = new ArrayList<>();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(final Path visited, final BasicFileAttributes attributes) {
                return BUILT_OR_HISTORY.contains(visited.getFileName().toString()) && !visited.equals(directory)
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) {
                if (!attributes.isOther()) {
                    names.add(directory.relativize(file).toString());
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return names;
    }

    private static void copy(final Path from, final Path to) throws IOException {
        if (Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
            // A submodule or a repository within the folder: git names it as one entry and not its files.
            return;
        }
        Files.createDirectories(to.getParent());
        try {
            Files.copy(from, to, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (final NoSuchFileException e) {
            // Tracked, but deleted in the working tree.
        }
    }

    private static String hash(final Path root) throws IOException {
        final List<Path> files = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) {
                files.add(root.relativize(file));
                return FileVisitResult.CONTINUE;
            }
        });
        Collections.sort(files);
        final ContentHash hash = new ContentHash();
        for (final Path name : files) {
            final Path file = root.resolve(name);
            if (Files.isSymbolicLink(file)) {
                hash.with("link " + name, Files.readSymbolicLink(file));
            } else {
                hash.withFile((Files.isExecutable(file) ? "program " : "file ") + name, file);
            }
        }
        return hash.hex();
    }
}
