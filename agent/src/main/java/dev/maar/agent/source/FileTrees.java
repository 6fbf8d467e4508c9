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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whole folders: copied, removed, and searched for symbolic links that lead out of them. Links are never followed. */
public final class FileTrees {

    private FileTrees() {}

    /**
     * Removes a folder with all it holds; no error when it is not there.
     *
     * @param directory the folder
     * @throws IOException when something in it can not be removed
     */
    public static void delete(final Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(final Path file, final IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(final Path visited, @Nullable final IOException e)
                    throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /**
     * Copies a folder with all it holds; permissions are kept, links stay links, sockets and pipes are left out.
     *
     * @param from the folder
     * @param to where to; made when it is not there
     * @throws IOException when something can not be copied
     */
    public static void copy(final Path from, final Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(final Path visited, final BasicFileAttributes attributes)
                    throws IOException {
                Files.createDirectories(to.resolve(from.relativize(visited).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException {
                if (!attributes.isOther()) {
                    Files.copy(
                            file,
                            to.resolve(from.relativize(file).toString()),
                            LinkOption.NOFOLLOW_LINKS,
                            StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /**
     * Whether a folder holds a file under that name that is really there: no symbolic link itself, nor behind one. What programs have
     * left in their place is only read when it is, as a link could name any file that this process may read.
     *
     * @param root the folder
     * @param file the file, below the folder
     * @return true for such a file; false also when there is none
     * @throws IOException when the folder can not be read
     */
    public static boolean holds(final Path root, final Path file) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && file.toRealPath().equals(root.toRealPath().resolve(root.relativize(file)));
    }

    /**
     * Refuses a folder that holds a symbolic link to something outside it.
     *
     * @param root the folder
     * @param what how to call it in the message
     * @throws SourceException when a link leads outside
     * @throws IOException when the folder can not be read
     */
    public static void refuseEscapingLinks(final Path root, final String what) throws IOException, SourceException {
        final Path real = root.toRealPath();
        final List<String> escaping = new ArrayList<>();
        Files.walkFileTree(real, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException {
                if (attributes.isSymbolicLink() && leadsOutside(file, real)) {
                    escaping.add(real.relativize(file) + " -> " + Files.readSymbolicLink(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        if (!escaping.isEmpty()) {
            throw new SourceException(what + " holds a symbolic link that leads outside it: " + escaping.get(0)
                    + ". What lies there is not part of what is judged; replace the link by a file or a link within.");
        }
    }

    private static boolean leadsOutside(final Path link, final Path root) throws IOException {
        final Path target = Files.readSymbolicLink(link);
        if (target.isAbsolute() || !link.resolveSibling(target).normalize().startsWith(root)) {
            return true;
        }
        return Files.exists(link) && !link.toRealPath().startsWith(root);
    }
}
