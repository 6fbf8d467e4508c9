package dev.maar.transport.aeron;

import io.aeron.Aeron;
import io.aeron.ChannelUriStringBuilder;
import io.aeron.CommonContext;
import io.aeron.Subscription;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Logs that are sent to readers on other hosts by UDP, at the pace of the slowest: a datagram fits one packet of an
 * ordinary network. The readers' positions have to come back by another way. Thread-safe.
 */
public final class UdpLogs {

    /** What fits a packet of 1,500 bytes with room for tunnels. */
    private static final int MTU = 1_408;

    /**
     * For how long a reader that is not heard holds the others back: longer than a network may be cut, because what such a
     * reader has missed must still be there.
     */
    private static final String READER_TIMEOUT = "8s";

    private final AeronNode node;
    private final Aeron client;

    UdpLogs(final AeronNode node, final Aeron client) {
        this.node = node;
        this.client = client;
    }

    /**
     * Opens a log that is sent to each of its readers.
     *
     * @param streamId any number; with the session's id it names the log
     * @param bound how many messages may be in flight
     * @return the writer, to be closed by the caller
     * @throws LogException when there is no space for the log or the driver does not answer
     */
    public LogWriter openWriter(final int streamId, final int bound) {
        return open(new ChannelUriStringBuilder().controlMode(CommonContext.MDC_CONTROL_MODE_MANUAL), streamId, bound);
    }

    /**
     * Opens a log that is sent once for all its readers.
     *
     * @param streamId any number; with the session's id it names the log
     * @param bound how many messages may be in flight
     * @param group where it is sent to
     * @return the writer, to be closed by the caller
     * @throws LogException when there is no space for the log or the driver does not answer
     */
    public LogWriter openWriter(final int streamId, final int bound, final UdpGroup group) {
        return open(channel(group), streamId, bound);
    }

    private static ChannelUriStringBuilder channel(final UdpGroup group) {
        return new ChannelUriStringBuilder().endpoint(group.endpoint()).networkInterface(text(group.through()));
    }

    /**
     * Joins a log that is sent to a group, where its writer is, behind its last message.
     *
     * @param writer the log's writer
     * @param group as it was opened with
     * @return the reader, to be closed by the caller
     * @throws LogException when the driver does not answer
     */
    public LogReader openReader(final LogWriter writer, final UdpGroup group) {
        node.network();
        return node.joined(
                writer,
                node.subscribe(
                        channel(group).media(CommonContext.UDP_MEDIA).sessionId(writer.sessionId()), writer.streamId()),
                () -> {});
    }

    private LogWriter open(final ChannelUriStringBuilder channel, final int streamId, final int bound) {
        node.network();
        return node.openWriter(
                channel.media(CommonContext.UDP_MEDIA).minFlowControl(null, READER_TIMEOUT), MTU, streamId, bound);
    }

    /**
     * What a reader has to be told.
     *
     * @param writer of the log, opened here
     * @param group as it was opened with
     * @return the offer
     */
    public UdpOffer offer(final LogWriter writer, final Optional<String> group) {
        return new UdpOffer(
                writer.sessionId(),
                writer.streamId(),
                writer.nextSequence(),
                writer.writtenEnd(),
                UdpOffer.DEADLINE_DEFAULT,
                group);
    }

    /**
     * Begins to listen for a log of another host.
     *
     * @param offer of the log's writer
     * @param at an address of this host under which the writer's host reaches it
     * @return what has come, to be closed by the caller
     * @throws LogException when no port can be had or the driver does not answer
     */
    public UdpArrival expect(final UdpOffer offer, final InetAddress at) {
        node.network();
        final ChannelUriStringBuilder channel =
                new ChannelUriStringBuilder().media(CommonContext.UDP_MEDIA).sessionId(offer.sessionId());
        offer.group()
                .ifPresentOrElse(
                        group -> channel.endpoint(group).networkInterface(text(at)),
                        () -> channel.endpoint(text(at) + ":0"));
        final Subscription subscription = node.subscribe(channel, offer.streamId());
        try {
            return new UdpArrival(node, subscription, offer, node.await(subscription::resolvedEndpoint));
        } catch (final LogException failure) {
            subscription.close();
            throw failure;
        }
    }

    /**
     * Sends a log to one more reader.
     *
     * @param writer of the log, which is not sent to a group
     * @param endpoint of the reader, from {@link UdpArrival#endpoint()}
     * @throws LogException when the driver does not answer
     */
    public void addReader(final LogWriter writer, final String endpoint) {
        node.guarded(() -> writer.addDestination(destination(endpoint)));
    }

    /**
     * Sends a log no more to a reader; does nothing when the log has ended.
     *
     * @param writer of the log
     * @param endpoint as in {@link #addReader}
     */
    public void removeReader(final LogWriter writer, final String endpoint) {
        writer.removeDestination(destination(endpoint));
    }

    /**
     * A place for the position of a reader on another host, by which the writer is held back once it has been told of it.
     *
     * @param name for people who look at the driver's counters
     * @return the place, to be closed by the caller when the writer does not look at it any more
     * @throws LogException when the driver does not answer
     */
    public RemotePosition openPosition(final String name) {
        return new RemotePosition(node.guarded(() -> client.addCounter(RemotePosition.TYPE_ID, "maar reader " + name)));
    }

    private static String destination(final String endpoint) {
        return new ChannelUriStringBuilder()
                .media(CommonContext.UDP_MEDIA)
                .endpoint(endpoint)
                .build();
    }

    private static String text(final InetAddress address) {
        final String text = address.getHostAddress();
        return address instanceof Inet6Address ? "[" + text + "]" : text;
    }
}
