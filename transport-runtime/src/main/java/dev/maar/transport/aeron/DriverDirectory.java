package dev.maar.transport.aeron;

import io.aeron.CncFileDescriptor;
import io.aeron.CommonContext;
import java.io.File;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.agrona.BufferUtil;
import org.agrona.IoUtil;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a media driver that several runtimes may share: who comes first starts the driver, who comes later
 * joins it. A lock file beside the directory keeps two from being first.
 */
final class DriverDirectory {

    /** A driver that has shown no life for so long is dead if its process is. */
    private static final long QUIET_MILLIS = TimeUnit.SECONDS.toMillis(2);

    private static final long DEAD_MILLIS = TimeUnit.SECONDS.toMillis(10);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Path directory;

    DriverDirectory(final Path directory) {
        this.directory = directory;
    }

    /** Does something that nobody else, in this or another process, does at the same time. */
    <T> T locked(final Duration timeout, final Supplier<T> work) {
        final Path file = Path.of(directory + ".lock");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(channel, file, timeout)) {
            if (!lock.isValid()) {
                throw new IOException("the lock was lost");
            }
            return work.get();
        } catch (final IOException failure) {
            throw new LogException(LogException.Kind.DIRECTORY, file + " can not be locked", failure);
        }
    }

    private static FileLock lock(final FileChannel channel, final Path file, final Duration timeout)
            throws IOException {
        final long start = System.nanoTime();
        while (true) {
            final FileLock lock = tryLock(channel);
            if (lock != null) {
                return lock;
            }
            if (System.nanoTime() - start >= timeout.toNanos()) {
                throw new IOException("another runtime holds " + file + " for more than " + timeout);
            }
            LockSupport.parkNanos(RETRY_NANOS);
        }
    }

    private static @Nullable FileLock tryLock(final FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (final OverlappingFileLockException anotherRuntimeOfThisProcess) {
            return null;
        }
    }

    /** Whether a driver is alive there. What a dead one has left is removed. */
    boolean isServed() {
        final File file = directory.resolve(CncFileDescriptor.CNC_FILE).toFile();
        if (!file.exists() || file.length() <= CncFileDescriptor.META_DATA_LENGTH) {
            return false;
        }
        final MappedByteBuffer mapped = IoUtil.mapExistingFile(file, CncFileDescriptor.CNC_FILE);
        try {
            final long pid = CncFileDescriptor.pid(CncFileDescriptor.createMetaDataBuffer(mapped));
            final boolean alive = CommonContext.isDriverActive(QUIET_MILLIS, ignored -> {}, mapped)
                    || (ProcessHandle.of(pid).isPresent()
                            && CommonContext.isDriverActive(DEAD_MILLIS, ignored -> {}, mapped));
            if (alive) {
                return true;
            }
        } finally {
            BufferUtil.free(mapped);
        }
        IoUtil.delete(directory.toFile(), true);
        return false;
    }

    /** The driver removes what is in its directory: only one that was a driver's, or an empty one, may be given to it. */
    void check() {
        if (!Files.isDirectory(directory) || Files.exists(directory.resolve(CncFileDescriptor.CNC_FILE))) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            if (files.findAny().isPresent()) {
                throw new LogException(
                        LogException.Kind.DIRECTORY,
                        "the Aeron directory " + directory
                                + " holds files that are no media driver's: name an empty or a new directory");
            }
        } catch (final IOException failure) {
            throw new LogException(
                    LogException.Kind.DIRECTORY, "the Aeron directory " + directory + " can not be read", failure);
        }
    }
}
