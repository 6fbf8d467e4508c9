package dev.maar.agent.fork;

import dev.maar.agent.job.Both;
import dev.maar.agent.job.SideName;
import dev.maar.agent.sandbox.Reaper;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Fresh folders for forks, some on disk and some in shared memory, all of them removed: after each pair by us, at our end by the
 * reaper. Both sides' paths have the same length. For one thread.
 */
public final class ScratchSpace {

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final FileAttribute<Set<PosixFilePermission>> OURS_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path onDisk;
    private final Path inMemory;
    private int pairs;

    private ScratchSpace(final Path onDisk, final Path inMemory) {
        this.onDisk = onDisk;
        this.inMemory = inMemory;
    }

    /**
     * A new space.
     *
     * @param root a folder for scratch files on disk; made when missing
     * @param reaper removes the space when we end
     * @return the space, still without folders for forks
     * @throws IOException when the folders can not be made
     */
    public static ScratchSpace create(final Path root, final Reaper reaper) throws IOException {
        Files.createDirectories(root);
        final Path onDisk = Files.createTempDirectory(root, "forks-", OURS_ALONE);
        reaper.removeAtEnd(onDisk);
        final Path inMemory = inMemory(onDisk);
        reaper.removeAtEnd(inMemory);
        return new ScratchSpace(onDisk, inMemory);
    }

    private static Path inMemory(final Path otherwise) throws IOException {
        try {
            return Files.createTempDirectory(sharedMemory(otherwise), "forks-", OURS_ALONE);
        } catch (final NoSuchFileException e) {
            // Another process of this user has just removed its last folder, and the one above with it.
            return Files.createTempDirectory(sharedMemory(otherwise), "forks-", OURS_ALONE);
        }
    }

    /** A folder of this user's in shared memory; a folder on disk when there is no shared memory or the name is taken by another. */
    private static Path sharedMemory(final Path otherwise) {
        try {
            final Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            final Path folder = SHARED_MEMORY.resolve("maar-" + user);
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(folder, OURS_ALONE);
            }
            final boolean ours = user.equals(Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS));
            return ours && Files.isWritable(folder) ? folder : otherwise;
        } catch (final IOException | UnsupportedOperationException e) {
            return otherwise;
        }
    }

    /**
     * The space's folder on disk, for what all forks share.
     *
     * @return an existing folder
     */
    public Path onDisk() {
        return onDisk;
    }

    /**
     * Fresh folders for one pair of forks.
     *
     * @return the folders
     * @throws IOException when they can not be made
     */
    public PairScratch fresh() throws IOException {
        final String name = String.format("%06d", pairs++);
        final PairScratch scratch = new PairScratch(onDisk.resolve(name), inMemory.resolve(name));
        scratch.make();
        return scratch;
    }

    /**
     * Removes the space, if it is there.
     *
     * @throws IOException when something can not be removed
     */
    public void remove() throws IOException {
        removeAll(onDisk);
        removeAll(inMemory);
        final Path parent = inMemory.getParent();
        if (parent != null && SHARED_MEMORY.equals(parent.getParent())) {
            try {
                Files.deleteIfExists(parent);
            } catch (final DirectoryNotEmptyException e) {
                // Another process of this user has forks of its own; the last one removes the folder.
                return;
            }
        }
    }

    /** The folders of one pair; closing removes them. */
    public static final class PairScratch implements AutoCloseable {

        private final Path onDisk;
        private final Path inMemory;
        private final Both<ForkScratch> sides;

        private PairScratch(final Path onDisk, final Path inMemory) {
            this.onDisk = onDisk;
            this.inMemory = inMemory;
            this.sides = new Both<>(of(SideName.A), of(SideName.B));
        }

        private ForkScratch of(final SideName side) {
            return new ForkScratch(
                    onDisk.resolve(side.label()), inMemory.resolve(side.label()).resolve("aeron"));
        }

        private void make() throws IOException {
            for (final SideName side : SideName.values()) {
                Files.createDirectories(sides.of(side).temporary());
                final Path parent = sides.of(side).aeron().getParent();
                Files.createDirectories(parent == null ? inMemory : parent);
            }
        }

        ForkScratch side(final SideName side) {
            return sides.of(side);
        }

        @Override
        public void close() throws IOException {
            removeAll(onDisk);
            removeAll(inMemory);
        }
    }

    private static void removeAll(final Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(final Path file, final IOException problem) throws IOException {
                if (problem instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw problem;
            }

            @Override
            public FileVisitResult postVisitDirectory(final Path visited, final IOException problem)
                    throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
