package dev.maar.agent.source;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock on a file that holds between threads as well as between processes, and that the kernel releases when its owner dies. The
 * file stays. Not reentrant.
 *
 * <p>Which files this process has locked is kept for the whole process, because that is how the kernel has it: closing any channel of a
 * file gives up every lock on it that the process has. So a file that one thread holds is not so much as opened by another.
 */
public final class FileMutex implements AutoCloseable {

    private static final long POLL_MILLIS = 20;

    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private FileMutex(final Path file, final FileChannel channel) {
        this.file = file;
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
        Optional<FileMutex> lock = tryAcquire(file);
        while (lock.isEmpty()) {
            Thread.sleep(POLL_MILLIS);
            lock = tryAcquire(file);
        }
        return lock.get();
    }

    /**
     * Takes the lock if nobody has it.
     *
     * @param file the lock file; made when it is not there, with its folders
     * @return the lock, to close; nothing when somebody has it
     * @throws IOException when the file can not be opened
     */
    public static Optional<FileMutex> tryAcquire(final Path file) throws IOException {
        final Path place = file.toAbsolutePath().normalize();
        Files.createDirectories(place.getParent());
        if (!HELD.add(place)) {
            return Optional.empty();
        }
        boolean locked = false;
        try {
            final FileChannel channel = FileChannel.open(place, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            locked = tryLock(channel);
            return locked ? Optional.of(new FileMutex(place, channel)) : Optional.empty();
        } finally {
            if (!locked) {
                HELD.remove(place);
            }
        }
    }

    /** Locks the file, or closes it. */
    private static boolean tryLock(final FileChannel channel) throws IOException {
        boolean locked = false;
        try {
            final FileLock lock = channel.tryLock();
            locked = lock != null;
            return locked;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    /** Gives the lock up. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            channel.close();
            HELD.remove(file);
        }
    }
}
