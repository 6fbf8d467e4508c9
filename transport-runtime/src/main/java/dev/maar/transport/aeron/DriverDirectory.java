package dev.maar.transport.aeron;

import dev.maar.transport.mesh.HostLock;
import io.aeron.CncFileDescriptor;
import io.aeron.CommonContext;
import java.io.File;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;

/**
 * The directory of a media driver that several runtimes may share: who comes first starts the driver, who comes later
 * joins it. A lock file beside the directory keeps two from being first.
 */
final class DriverDirectory {

    /** A driver that has shown no life for so long is dead if its process is. */
    private static final long QUIET_MILLIS = TimeUnit.SECONDS.toMillis(2);

    private static final long DEAD_MILLIS = TimeUnit.SECONDS.toMillis(10);

    /** What a driver takes before its first log, with something to spare. */
    private static final long DRIVER_BYTES = 16L << 20;

    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long SHOW_LIFE_NANOS = TimeUnit.MILLISECONDS.toNanos(QUIET_MILLIS + 1_000);
    private static final String ASIDE = ".old-";

    private final Path directory;

    DriverDirectory(final Path directory) {
        this.directory = directory;
    }

    /** Does something that nobody else, in this or another process, does at the same time. */
    <T> T locked(final Duration timeout, final Supplier<T> work) {
        final Path file = Path.of(directory + ".lock");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (final IOException failure) {
            throw new LogException(
                    LogException.Kind.DIRECTORY, "the folder of " + directory + " can not be made", failure);
        }
        try (HostLock lock = HostLock.take(file, timeout)) {
            return whileHeld(lock, work);
        } catch (final IOException failure) {
            throw new LogException(LogException.Kind.DIRECTORY, file + " can not be locked", failure);
        }
    }

    /** @param lock only its holder may be here */
    @SuppressWarnings("unused")
    private static <T> T whileHeld(final HostLock lock, final Supplier<T> work) {
        return work.get();
    }

    /** When the driver in the directory was started, in milliseconds since 1970; empty when there is none. */
    OptionalLong startedAt() {
        return inspected(metaData -> CncFileDescriptor.startTimestampMs(metaData));
    }

    /** Reads what a driver says of itself. */
    private OptionalLong inspected(final ToLongFunction<DirectBuffer> question) {
        final File file = directory.resolve(CncFileDescriptor.CNC_FILE).toFile();
        if (!file.exists() || file.length() <= CncFileDescriptor.META_DATA_LENGTH) {
            return OptionalLong.empty();
        }
        final MappedByteBuffer mapped = IoUtil.mapExistingFile(file, CncFileDescriptor.CNC_FILE);
        try {
            return OptionalLong.of(question.applyAsLong(CncFileDescriptor.createMetaDataBuffer(mapped)));
        } finally {
            BufferUtil.free(mapped);
        }
    }

    /**
     * Whether a driver is alive there. What a dead one has left is removed.
     *
     * @param dead a driver whose owner is known to have ended: it counts as alive only while its process is there and it
     *     goes on showing life
     */
    boolean isServed(final OptionalLong dead) {
        final OptionalLong process = inspected(CncFileDescriptor::pid);
        if (process.isEmpty()) {
            return false;
        }
        final boolean present = ProcessHandle.of(process.getAsLong())
                .map(ProcessHandle::isAlive)
                .orElse(false);
        final boolean alive = dead.isPresent() && dead.equals(startedAt())
                ? present && showsLifeAgain()
                : isActive(QUIET_MILLIS) || (present && isActive(DEAD_MILLIS));
        if (!alive) {
            IoUtil.delete(directory.toFile(), true);
            removeAbandoned();
        }
        return alive;
    }

    private boolean isActive(final long withinMillis) {
        final File file = directory.resolve(CncFileDescriptor.CNC_FILE).toFile();
        final MappedByteBuffer mapped = IoUtil.mapExistingFile(file, CncFileDescriptor.CNC_FILE);
        try {
            return CommonContext.isDriverActive(withinMillis, ignored -> {}, mapped);
        } finally {
            BufferUtil.free(mapped);
        }
    }

    /** A driver shows life about once a second. */
    private boolean showsLifeAgain() {
        final long start = System.nanoTime();
        while (System.nanoTime() - start < SHOW_LIFE_NANOS) {
            LockSupport.parkNanos(RETRY_NANOS);
            if (!isActive(QUIET_MILLIS)) {
                return false;
            }
        }
        return true;
    }

    /** Where the files of a driver are put that makes room for another one. */
    static Path aside(final Path directory, final String unique) {
        final long pid = ProcessHandle.current().pid();
        return directory.resolveSibling(directory.getFileName() + ASIDE + pid + "-" + unique);
    }

    /** Removes what drivers have put aside whose processes then died. */
    private void removeAbandoned() {
        final String prefix = directory.getFileName() + ASIDE;
        final File[] files =
                directory.toAbsolutePath().resolveSibling(".").toFile().listFiles();
        for (final File file : files == null ? new File[0] : files) {
            final Matcher pid =
                    Pattern.compile(Pattern.quote(prefix) + "(\\d{1,18})-\\w+").matcher(file.getName());
            if (pid.matches() && ProcessHandle.of(Long.parseLong(pid.group(1))).isEmpty()) {
                IoUtil.delete(file, true);
            }
        }
    }

    /** Whether a driver fits in there; asked before one is started, which would die in the middle of it. */
    void checkSpace() {
        Path existing = directory.toAbsolutePath();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        final long free;
        try {
            free = Files.getFileStore(existing).getUsableSpace();
        } catch (final IOException unknown) {
            throw new LogException(
                    LogException.Kind.DIRECTORY, "the Aeron directory " + directory + " can not be used", unknown);
        }
        if (free < DRIVER_BYTES) {
            throw new LogException(
                    LogException.Kind.STORAGE,
                    "no space in " + directory + " for a media driver, which takes " + (DRIVER_BYTES >> 20)
                            + " MiB where "
                            + (free >> 20)
                            + " MiB are free: enlarge that file system (in a container its shared memory), or name"
                            + " another directory");
        }
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
