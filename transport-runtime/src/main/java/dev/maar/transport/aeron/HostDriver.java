package dev.maar.transport.aeron;

import io.aeron.driver.MediaDriver;
import io.aeron.status.HeartbeatTimestamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.IoUtil;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.agrona.concurrent.status.CountersReader;

/**
 * A media driver of this process that others share. Before it ends it makes room for another one: its files are put out
 * of the way, and it goes on for a while, so that those who use it can finish with what is in its logs. Thread-safe.
 */
final class HostDriver implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(HostDriver.class.getName());

    /** How long those who use it may take to leave. */
    private static final long LEAVE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** More logs than a driver opens in a millisecond, as a power of two. */
    private static final int NUMBER_BITS = 20;

    private final NodeSettings settings;
    private final MediaDriver driver;

    /** Where its files are. */
    private Path place;

    private boolean retired;

    HostDriver(final NodeSettings settings, final MediaDriver driver) {
        this.settings = settings;
        this.driver = driver;
        this.place = settings.directory();
    }

    /**
     * Has the driver number its logs from when it was started. A driver names its files by these numbers and goes on to use
     * the path that it was started with: without this, one that has made room would remove its successor's files.
     *
     * @param commands of the driver, while its directory is still locked
     */
    static void number(final RingBuffer commands, final long startedAt) {
        commands.buffer()
                .getAndAddLong(
                        commands.capacity() + RingBufferDescriptor.CORRELATION_COUNTER_OFFSET,
                        startedAt << NUMBER_BITS);
    }

    /** Makes room for another driver; nobody new finds this one from now on. */
    synchronized void retire() {
        if (retired) {
            return;
        }
        retired = true;
        final Path aside =
                DriverDirectory.aside(place, UUID.randomUUID().toString().substring(0, 8));
        try {
            place = new DriverDirectory(place).locked(settings.connectTimeout(), () -> moved(aside));
        } catch (final LogException failure) {
            LOG.log(System.Logger.Level.WARNING, "a media driver ends without making room for another", failure);
        }
    }

    /** Ends it at once: nobody has found it so far, because its directory is still locked. */
    void abandon() {
        driver.close();
        IoUtil.delete(settings.directory().toFile(), true);
    }

    private Path moved(final Path aside) {
        try {
            return Files.move(place, aside, StandardCopyOption.ATOMIC_MOVE);
        } catch (final IOException failure) {
            throw new LogException(
                    LogException.Kind.DIRECTORY,
                    "the files of the media driver in " + place + " can not be moved",
                    failure);
        }
    }

    /** Ends it when nobody uses it any more, or after some time; removes its files. */
    @Override
    public synchronized void close() {
        retire();
        final long start = System.nanoTime();
        final CountersReader counters = driver.context().countersManager();
        while (isUsed(counters) && System.nanoTime() - start < LEAVE_NANOS) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        driver.close();
        if (!place.equals(settings.directory())) {
            IoUtil.delete(place.toFile(), true);
        }
    }

    private static boolean isUsed(final CountersReader counters) {
        final boolean[] used = new boolean[1];
        counters.forEach((id, type, key, label) ->
                used[0] |= type == HeartbeatTimestamp.HEARTBEAT_TYPE_ID && counters.getCounterValue(id) != 0);
        return used[0];
    }
}
