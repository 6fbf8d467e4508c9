package dev.maar.transport.aeron;

import io.aeron.Aeron;
import io.aeron.ChannelUriStringBuilder;
import io.aeron.CommonContext;
import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.Subscription;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * What a link needs to carry a log over into another driver: readers of the original as Aeron has them, and a copy of
 * the same shape. What begins with "request" does not wait for the driver. Thread-safe.
 */
public final class LogCopies {

    private final AeronNode node;
    private final Aeron client;

    LogCopies(final AeronNode node, final Aeron client) {
        this.node = node;
        this.client = client;
    }

    /**
     * Joins a shared log of this node as Aeron has it.
     *
     * @param writer the log's writer
     * @return the subscription, to be closed by the caller
     * @throws LogException when the driver does not answer
     */
    public Subscription subscribe(final LogWriter writer) {
        return node.subscribe(AeronNode.shared(writer.sessionId()), writer.streamId());
    }

    /**
     * Waits for the image of a session.
     *
     * @param subscription to this node's driver
     * @param sessionId of the session
     * @return the image
     * @throws LogException when it does not come in time
     */
    public Image awaitImage(final Subscription subscription, final int sessionId) {
        return node.awaitImage(subscription, sessionId);
    }

    /**
     * Begins to join a shared log of this node.
     *
     * @param writer the log's writer
     * @return the request's number, for {@link #requestedReader}
     * @throws LogException when the driver has gone
     */
    public long requestReader(final LogWriter writer) {
        final String channel = AeronNode.shared(writer.sessionId()).build();
        return node.guarded(() -> client.asyncAddSubscription(channel, writer.streamId()));
    }

    /**
     * What has come of a request.
     *
     * @param request from {@link #requestReader}
     * @return the subscription, to be closed by the caller; null when it is not there yet
     * @throws LogException when the driver has refused or gone
     */
    public @Nullable Subscription requestedReader(final long request) {
        return node.guardedNullable(() -> client.getSubscription(request));
    }

    /**
     * Takes back a request, or closes what has come of it.
     *
     * @param request from {@link #requestReader}
     */
    public void cancelReader(final long request) {
        if (!client.isClosed()) {
            client.asyncRemoveSubscription(request);
        }
    }

    /**
     * Begins to open a shared log of a given shape.
     *
     * @param geometry its shape
     * @param position where it begins
     * @return the request's number, for {@link #requestedCopy}
     * @throws LogException when the driver has gone
     */
    public long requestCopy(final LogGeometry geometry, final long position) {
        final String channel = new ChannelUriStringBuilder()
                .media(CommonContext.IPC_MEDIA)
                .mtu(geometry.mtu())
                .initialPosition(position, geometry.initialTermId(), geometry.termLength())
                .build();
        return node.guarded(() -> client.asyncAddExclusivePublication(channel, geometry.streamId()));
    }

    /**
     * What has come of a request.
     *
     * @param request from {@link #requestCopy}
     * @return the publication, to be closed by the caller; null when it is not there yet
     * @throws LogException when there is no space for the log, or the driver has gone
     */
    public @Nullable ExclusivePublication requestedCopy(final long request) {
        return node.guardedNullable(() -> client.getExclusivePublication(request));
    }

    /**
     * Takes back a request, or closes what has come of it.
     *
     * @param request from {@link #requestCopy}
     */
    public void cancelCopy(final long request) {
        if (!client.isClosed()) {
            client.asyncRemovePublication(request);
        }
    }

    /**
     * Joins a copy of a log of this node behind the original's last message.
     *
     * @param copy from {@link #requestedCopy}
     * @param original what it is a copy of
     * @param pump called when the reader finds nothing
     * @return the reader, to be closed by the caller
     * @throws LogException when the driver does not answer
     */
    public LogReader openReader(final ExclusivePublication copy, final LogWriter original, final Runnable pump) {
        return joined(copy, original::nextSequence, original::writtenEnd, pump);
    }

    /**
     * Joins a copy of a log.
     *
     * @param copy from {@link #requestedCopy}
     * @param firstSequence the first message that the reader has a right to
     * @param pump called when the reader finds nothing
     * @return the reader, to be closed by the caller
     * @throws LogException when the driver does not answer
     */
    public LogReader openReader(final ExclusivePublication copy, final long firstSequence, final Runnable pump) {
        return joined(copy, () -> firstSequence, () -> 0, pump);
    }

    private LogReader joined(
            final ExclusivePublication copy,
            final LongSupplier firstSequence,
            final LongSupplier end,
            final Runnable pump) {
        final Subscription subscription = node.subscribe(AeronNode.shared(copy.sessionId()), copy.streamId());
        try {
            final Image image = node.awaitImage(subscription, copy.sessionId());
            node.await(() -> copy.isConnected() ? image : null);
            final LogReader reader =
                    new LogReader(subscription, image, firstSequence.getAsLong(), () -> {}, Optional.of(pump));
            AeronNode.passOld(reader, end.getAsLong());
            return reader;
        } catch (final LogException failure) {
            CloseHelper.quietClose(subscription);
            throw failure;
        }
    }

    /**
     * Nobody's positions yet, in this node's driver.
     *
     * @return the positions
     */
    public ConsumerPositions consumerPositions() {
        return new ConsumerPositions(client.countersReader());
    }
}
