package dev.maar.transport.mesh;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock that one runtime of a host holds at a time, in this process or another: a file that is locked. It ends with the
 * process; the file stays. Taken and closed by the same thread.
 */
public final class HostLock implements AutoCloseable {

    /**
     * The system's file locks belong to a process as a whole, and closing any channel of the file ends them: within a
     * process there has to be another lock around them. One for all files will do, as they are held for moments.
     */
    private static final ReentrantLock PROCESS = new ReentrantLock();

    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final FileChannel channel;

    private HostLock(final FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @param file in a directory that is there; made when it is not
     * @param timeout how long to wait at the most
     * @return the lock, to be closed by the caller
     * @throws IOException when the file can not be made, or someone else holds it for too long
     */
    public static HostLock take(final Path file, final Duration timeout) throws IOException {
        final long start = System.nanoTime();
        boolean held = false;
        if (!lockedWithin(timeout)) {
            throw new IOException("another runtime of this process holds " + file + " for more than " + timeout);
        }
        try {
            final FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                while (!held && channel.tryLock() == null) {
                    if (System.nanoTime() - start >= timeout.toNanos()) {
                        throw new IOException("another process holds " + file + " for more than " + timeout);
                    }
                    LockSupport.parkNanos(RETRY_NANOS);
                }
                held = true;
                return new HostLock(channel);
            } finally {
                if (!held) {
                    channel.close();
                }
            }
        } finally {
            if (!held) {
                PROCESS.unlock();
            }
        }
    }

    private static boolean lockedWithin(final Duration timeout) throws IOException {
        try {
            return PROCESS.tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a lock", interrupted);
        }
    }

    /** Gives the lock back. */
    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            PROCESS.unlock();
        }
    }
}
