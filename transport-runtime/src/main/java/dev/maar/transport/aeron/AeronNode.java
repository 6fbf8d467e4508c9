package dev.maar.transport.aeron;

import io.aeron.Aeron;
import io.aeron.ChannelUriStringBuilder;
import io.aeron.CommonContext;
import io.aeron.DriverProxy;
import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * A client of a media driver, and the driver itself unless another one of the host is shared. The driver has one thread, which backs off when idle: with few
 * cores a spinning driver takes the time that the ends need. Thread-safe.
 */
public final class AeronNode implements AutoCloseable {

    /** The largest, so that as few messages as possible are in pieces. */
    private static final int MTU = LogGeometry.MAX_MTU;

    private static final String LOOPBACK_ANY_PORT = "127.0.0.1:0";

    static final long PASS_OLD_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long OPEN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final NodeSettings settings;
    private final DriverIdle driverIdle;
    private final @Nullable HostDriver driver;
    private final Aeron client;
    private final ClientFate fate;
    private final long driverStartedAt;

    private AeronNode(
            final NodeSettings settings,
            final DriverIdle driverIdle,
            final @Nullable HostDriver driver,
            final Aeron client,
            final ClientFate fate) {
        this.settings = settings;
        this.driverIdle = driverIdle;
        this.driver = driver;
        this.client = client;
        this.fate = fate;
        this.driverStartedAt =
                new DriverDirectory(settings.directory()).startedAt().orElse(0);
    }

    /**
     * Starts a client, and a driver for it when there is none in the directory.
     *
     * @param settings how
     * @return the node, to be closed by the caller
     * @throws LogException when the JVM flag is missing, the directory can not be used or has too little space
     */
    public static AeronNode launch(final NodeSettings settings) {
        return launch(settings, OptionalLong.empty(), () -> {});
    }

    /**
     * Starts a client, and a driver for it when there is none in the directory.
     *
     * @param settings how
     * @param dead a driver whose owner is known to have ended, by {@link #driverStartedAt()}
     * @param onLost called when the client finds that its driver has gone, on a thread that must not be kept waiting
     * @return the node, to be closed by the caller
     * @throws LogException when the JVM flag is missing, the directory can not be used or has too little space
     */
    public static AeronNode launch(final NodeSettings settings, final OptionalLong dead, final Runnable onLost) {
        DriverContexts.checkFlag();
        final DriverDirectory directory = new DriverDirectory(settings.directory());
        directory.check();
        final ClientFate fate = new ClientFate(settings.errorHandler(), onLost);
        if (!settings.shared()) {
            return launch(settings, false, fate);
        }
        return directory.locked(settings.connectTimeout(), () -> launch(settings, directory.isServed(dead), fate));
    }

    private static AeronNode launch(final NodeSettings settings, final boolean served, final ClientFate fate) {
        if (!served) {
            new DriverDirectory(settings.directory()).checkSpace();
        }
        final DriverIdle idle = new DriverIdle();
        final HostDriver driver = served
                ? null
                : new HostDriver(
                        settings,
                        DriverFailures.translated(
                                settings, () -> MediaDriver.launch(DriverContexts.ofDriver(settings, idle))));
        try {
            final Aeron client =
                    DriverFailures.translated(settings, () -> Aeron.connect(DriverContexts.ofClient(settings, fate)));
            final AeronNode node = new AeronNode(settings, idle, driver, client, fate);
            if (node.ownsDriver()) {
                HostDriver.number(client.context().toDriverBuffer(), node.driverStartedAt());
            }
            return node;
        } catch (final LogException failure) {
            fate.isExpected();
            if (driver != null) {
                driver.abandon();
            }
            throw failure;
        }
    }

    /**
     * The driver that this node uses.
     *
     * @return when it was started, in milliseconds since 1970
     */
    public long driverStartedAt() {
        return driverStartedAt;
    }

    /**
     * Whether the driver ends with this node.
     *
     * @return true when this node has started it
     */
    public boolean ownsDriver() {
        return driver != null;
    }

    /**
     * How the driver knows this node.
     *
     * @return the client's id
     */
    public long clientId() {
        return client.clientId();
    }

    /**
     * Says goodbye to the driver for a client that has died, so that nobody has to wait until the driver notices.
     *
     * @param clientId of the dead one
     */
    public void dismissClient(final long clientId) {
        if (!client.isClosed()) {
            new DriverProxy(client.context().toDriverBuffer(), clientId).clientClose();
        }
    }

    /** This node will be closed soon: nobody has to be told when its driver goes, and another driver may be started. */
    public void retire() {
        fate.isExpected();
        final HostDriver own = driver;
        if (own != null) {
            own.retire();
        }
    }

    /**
     * Opens a log in shared memory.
     *
     * @param streamId any number; with the session's id it names the log
     * @param bound how many messages may be in flight
     * @return the writer, to be closed by the caller
     * @throws LogException when there is no space for the log or the driver does not answer
     */
    public LogWriter openSharedWriter(final int streamId, final int bound) {
        return openSharedWriter(streamId, bound, settings.termLength());
    }

    /**
     * Opens a log in shared memory.
     *
     * @param streamId any number; with the session's id it names the log
     * @param bound how many messages may be in flight
     * @param termLength of each of its three terms, in bytes
     * @return the writer, to be closed by the caller
     * @throws LogException when there is no space for the log or the driver does not answer
     */
    public LogWriter openSharedWriter(final int streamId, final int bound, final int termLength) {
        final ChannelUriStringBuilder channel = new ChannelUriStringBuilder().media(CommonContext.IPC_MEDIA);
        return openWriter(channel, MTU, termLength, streamId, bound);
    }

    /**
     * Opens a log that is sent by UDP to each of its readers, at the pace of the slowest.
     *
     * @param streamId any number; with the session's id it names the log
     * @param bound how many messages may be in flight
     * @return the writer, to be closed by the caller
     * @throws LogException when there is no space for the log or the driver does not answer
     */
    public LogWriter openUdpWriter(final int streamId, final int bound) {
        driverIdle.network();
        final ChannelUriStringBuilder channel = new ChannelUriStringBuilder()
                .media(CommonContext.UDP_MEDIA)
                .controlMode(CommonContext.MDC_CONTROL_MODE_MANUAL)
                .minFlowControl(null, null);
        return openWriter(channel, streamId, bound);
    }

    private LogWriter openWriter(final ChannelUriStringBuilder channel, final int streamId, final int bound) {
        return openWriter(channel, MTU, streamId, bound);
    }

    LogWriter openWriter(final ChannelUriStringBuilder channel, final int mtu, final int streamId, final int bound) {
        return openWriter(channel, mtu, settings.termLength(), streamId, bound);
    }

    private LogWriter openWriter(
            final ChannelUriStringBuilder channel,
            final int mtu,
            final int termLength,
            final int streamId,
            final int bound) {
        final String uri = channel.termLength(termLength).mtu(mtu).build();
        final ExclusivePublication publication =
                DriverFailures.translated(settings, () -> client.addExclusivePublication(uri, streamId));
        return new LogWriter(publication, client.countersReader(), bound);
    }

    /**
     * Joins a shared log of this node behind its last message. The log can be written to when this returns; the reader
     * does not count for what is in flight before {@link LogWriter#addConsumer}.
     *
     * @param writer the log's writer
     * @return the reader, to be closed by the caller
     * @throws LogException when the driver does not answer
     */
    public LogReader openSharedReader(final LogWriter writer) {
        final Subscription subscription = subscribe(shared(writer.sessionId()), writer.streamId());
        return joined(writer, subscription, () -> {});
    }

    /**
     * Joins a shared log of another client of the same driver.
     *
     * @param sessionId of the log
     * @param streamId of the log
     * @param firstSequence the first message that the reader has a right to
     * @param writtenEnd where the messages before that one end
     * @return the reader, to be closed by the caller
     * @throws LogException when the driver does not answer, or there is no such log
     */
    public LogReader openSharedReader(
            final int sessionId, final int streamId, final long firstSequence, final long writtenEnd) {
        final Subscription subscription = subscribe(shared(sessionId), streamId);
        try {
            final LogReader reader = new LogReader(
                    subscription, awaitImage(subscription, sessionId), firstSequence, () -> {}, Optional.empty());
            passOld(reader, writtenEnd);
            return reader;
        } catch (final LogException failure) {
            CloseHelper.quietClose(subscription);
            throw failure;
        }
    }

    /**
     * Waits a little until the driver lets a log be written to, whose first reader has just come.
     *
     * @param writer of this node
     */
    public void awaitOpen(final LogWriter writer) {
        final long start = System.nanoTime();
        while (!writer.isOpen() && System.nanoTime() - start < OPEN_NANOS) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /**
     * Joins a log of this node by UDP, at a port of the reader's own on the loopback interface, as
     * {@link #openSharedReader} does.
     *
     * @param writer the log's writer
     * @return the reader, to be closed by the caller
     * @throws LogException when the driver does not answer
     */
    public LogReader openUdpReader(final LogWriter writer) {
        driverIdle.network();
        final ChannelUriStringBuilder channel = new ChannelUriStringBuilder()
                .media(CommonContext.UDP_MEDIA)
                .endpoint(LOOPBACK_ANY_PORT)
                .sessionId(writer.sessionId());
        final Subscription subscription = subscribe(channel, writer.streamId());
        try {
            final String endpoint = await(subscription::resolvedEndpoint);
            final String destination = new ChannelUriStringBuilder()
                    .media(CommonContext.UDP_MEDIA)
                    .endpoint(endpoint)
                    .build();
            DriverFailures.translated(settings, () -> writer.addDestination(destination));
            return joined(writer, subscription, () -> writer.removeDestination(destination));
        } catch (final LogException failure) {
            CloseHelper.quietClose(subscription);
            throw failure;
        }
    }

    Image awaitImage(final Subscription subscription, final int sessionId) {
        return await(() -> subscription.imageBySessionId(sessionId));
    }

    static ChannelUriStringBuilder shared(final int sessionId) {
        return new ChannelUriStringBuilder().media(CommonContext.IPC_MEDIA).sessionId(sessionId);
    }

    Subscription subscribe(final ChannelUriStringBuilder channel, final int streamId) {
        return DriverFailures.translated(settings, () -> client.addSubscription(channel.build(), streamId));
    }

    LogReader joined(final LogWriter writer, final Subscription subscription, final Runnable onClose) {
        try {
            final Image image = awaitImage(subscription, writer.sessionId());
            await(() -> writer.isOpen() ? image : null);
            final LogReader reader =
                    new LogReader(subscription, image, writer.nextSequence(), onClose, Optional.empty());
            passOld(reader, writer.writtenEnd());
            return reader;
        } catch (final LogException failure) {
            CloseHelper.quietClose(subscription);
            onClose.run();
            throw failure;
        }
    }

    /** Waits a little for old messages that are still on their way: those that come later are passed when polled. */
    static void passOld(final LogReader reader, final long end) {
        final long start = System.nanoTime();
        while (!reader.isPast(end) && System.nanoTime() - start < PASS_OLD_NANOS) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    <T> T await(final Supplier<@Nullable T> condition) {
        final long start = System.nanoTime();
        while (true) {
            final boolean expired =
                    System.nanoTime() - start >= settings.connectTimeout().toNanos();
            final T result = condition.get();
            if (result != null) {
                return result;
            }
            if (expired || client.isClosed()) {
                throw new LogException(
                        LogException.Kind.TIMEOUT,
                        "a reader could not join its log within " + settings.connectTimeout()
                                + ": is the media driver in " + settings.directory() + " alive?");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /**
     * What links need of this node's driver.
     *
     * @return what opens copies of logs
     */
    public LogCopies copies() {
        return new LogCopies(this, client);
    }

    /**
     * Logs that are sent to readers on other hosts.
     *
     * @return what opens them
     */
    public UdpLogs udp() {
        return new UdpLogs(this, client);
    }

    /** From now on the driver has datagrams to move. */
    void network() {
        driverIdle.network();
    }

    boolean isClosed() {
        return client.isClosed();
    }

    <T> T guarded(final Supplier<T> work) {
        return DriverFailures.translated(settings, work);
    }

    @Nullable
    <T> T guardedNullable(final Supplier<@Nullable T> work) {
        return DriverFailures.translated(settings, () -> Optional.ofNullable(work.get()))
                .orElse(null);
    }

    /** Closes the client, then the driver if it is this node's, whose directory is removed. */
    @Override
    public void close() {
        retire();
        CloseHelper.closeAll(client, driver);
    }
}
