package dev.maar.agent.source;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A lock on a file that holds between threads as well as between processes, and that the kernel releases when its owner dies. The
 * file stays. Not reentrant.
 */
public final class FileMutex implements AutoCloseable {

    private static final long POLL_MILLIS = 20;

    private final FileChannel channel;

    private FileMutex(final FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Waits for the lock.
     *
     * @param file the lock file; made when it is not there, with its folders
     * @return the lock, to close
     * @throws IOException when the file can not be opened
     * @throws InterruptedException when interrupted meanwhile
     */
    public static FileMutex acquire(final Path file) throws IOException, InterruptedException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        final FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            while (!tryLock(channel)) {
                Thread.sleep(POLL_MILLIS);
            }
            return new FileMutex(channel);
        } catch (final IOException | InterruptedException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Takes the lock if nobody has it.
     *
     * @param file the lock file; made when it is not there, with its folders
     * @return the lock, to close; nothing when somebody has it
     * @throws IOException when the file can not be opened
     */
    public static Optional<FileMutex> tryAcquire(final Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        final FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (tryLock(channel)) {
                return Optional.of(new FileMutex(channel));
            }
        } catch (final IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return Optional.empty();
    }

    private static boolean tryLock(final FileChannel channel) throws IOException {
        try {
            final FileLock lock = channel.tryLock();
            return lock != null;
        } catch (final OverlappingFileLockException e) {
            // Another thread of this process has it.
            return false;
        }
    }

    /** Gives the lock up. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
