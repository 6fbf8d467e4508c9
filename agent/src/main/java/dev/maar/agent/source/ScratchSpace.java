package dev.maar.agent.source;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A folder of this process for what need not outlive it. Beside it lies a lock file that the owner holds while it lives; who opens
 * the space next removes the folders whose owners are gone, however they ended. Safe for several threads and processes.
 */
public final class ScratchSpace implements AutoCloseable {

    private static final String LOCK = ".lock";

    private final Path directory;
    private final Path lockFile;
    private final FileChannel owner;
    private final AtomicLong names = new AtomicLong();

    private ScratchSpace(final Path directory, final Path lockFile, final FileChannel owner) {
        this.directory = directory;
        this.lockFile = lockFile;
        this.owner = owner;
    }

    /**
     * Removes what dead owners left, and makes a new folder.
     *
     * @param root where all processes' scratch folders are
     * @return the space of this owner
     * @throws IOException when the folder can not be made
     * @throws InterruptedException when interrupted while another process opens its own
     */
    public static ScratchSpace open(final Path root) throws IOException, InterruptedException {
        final Path real = Files.createDirectories(root).toRealPath();
        try (FileMutex ignored = FileMutex.acquire(real.resolve("sweep" + LOCK))) {
            sweep(real);
            final String name = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
            final Path lockFile = real.resolve("owner-" + name + LOCK);
            final FileChannel channel =
                    FileChannel.open(lockFile, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw new IOException("file locks do not work in " + real + "; choose a folder on a local disk");
            }
            return new ScratchSpace(Files.createDirectory(real.resolve(name)), lockFile, channel);
        }
    }

    /**
     * The folder.
     *
     * @return an absolute path without symbolic links
     */
    public Path directory() {
        return directory;
    }

    /**
     * A path in the folder that nobody else gets; nothing is made there.
     *
     * @param purpose the beginning of its name
     * @return the path
     */
    public Path fresh(final String purpose) {
        return directory.resolve(purpose + "-" + names.incrementAndGet());
    }

    /** Removes the folder and gives up the lock. */
    @Override
    public void close() throws IOException {
        try {
            FileTrees.delete(directory);
            Files.deleteIfExists(lockFile);
        } finally {
            owner.close();
        }
    }

    private static void sweep(final Path root) throws IOException {
        try (DirectoryStream<Path> locks = Files.newDirectoryStream(root, "owner-*" + LOCK)) {
            for (final Path lockFile : locks) {
                if (isAbandoned(lockFile)) {
                    final String file = lockFile.getFileName().toString();
                    FileTrees.delete(root.resolve(file.substring("owner-".length(), file.length() - LOCK.length())));
                    Files.deleteIfExists(lockFile);
                }
            }
        }
    }

    private static boolean isAbandoned(final Path lockFile) throws IOException {
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (final OverlappingFileLockException e) {
            return false;
        } catch (final NoSuchFileException e) {
            // Its owner has left since the folder was listed, and has cleaned up.
            return false;
        }
    }
}
