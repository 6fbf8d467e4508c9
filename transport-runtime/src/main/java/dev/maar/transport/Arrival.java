package dev.maar.transport;

import dev.maar.transport.aeron.LogReader;
import dev.maar.transport.aeron.UdpArrival;
import dev.maar.transport.mesh.Carrier;
import dev.maar.transport.mesh.Message;
import dev.maar.transport.tcp.TcpIncoming;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A log of another runtime that is to come by TCP or UDP: it can be joined when the other side has connected, or a datagram
 * has come. Guarded by the registry's lock.
 */
final class Arrival {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Neighbour neighbour;
    private final Message.Offered offer;
    private final Subscription<?> subscription;
    private final Way way;
    private final long since = System.nanoTime();

    /** How the log comes. */
    private sealed interface Way {}

    private record Linked(TcpIncoming link) implements Way {}

    private record Sent(UdpArrival datagrams) implements Way {}

    private Arrival(
            final Neighbour neighbour, final Message.Offered offer, final Subscription<?> subscription, final Way way) {
        this.neighbour = neighbour;
        this.offer = offer;
        this.subscription = subscription;
        this.way = way;
    }

    Arrival(
            final Neighbour neighbour,
            final Message.Offered offer,
            final Subscription<?> subscription,
            final TcpIncoming link) {
        this(neighbour, offer, subscription, new Linked(link));
    }

    Arrival(
            final Neighbour neighbour,
            final Message.Offered offer,
            final Subscription<?> subscription,
            final UdpArrival datagrams) {
        this(neighbour, offer, subscription, new Sent(datagrams));
    }

    Neighbour neighbour() {
        return neighbour;
    }

    Message.Offered offer() {
        return offer;
    }

    Subscription<?> subscription() {
        return subscription;
    }

    /** Whether it is not wanted any more, or has not come. */
    boolean isVain() {
        return subscription.isClosed() || System.nanoTime() - since >= PATIENCE_NANOS;
    }

    /** Whether datagrams do not get through. */
    boolean isLate() {
        return way instanceof final Sent sent && sent.datagrams().isLate();
    }

    /** The reader, when the log is there; closing it closes the link. */
    Optional<LogReader> reader() {
        if (way instanceof final Linked linked) {
            return linked(linked.link());
        }
        final Optional<LogReader> reader = ((Sent) way).datagrams().reader();
        reader.ifPresent(opened -> opened.tell(
                neighbour.peer().progress(offer.route())::finished, offer.log().bound()));
        return reader;
    }

    private Optional<LogReader> linked(final TcpIncoming link) {
        if (!link.isOpen()) {
            return Optional.empty();
        }
        final LogReader reader = link.openReader(subscription.options().isLeaky());
        reader.whenClosed(() -> {
            link.removeReader(reader);
            link.close();
        });
        return Optional.of(reader);
    }

    /** Tells the other side that the log has begun to come, where it can not know. */
    void acknowledge(final LogReader reader) {
        if (offer.carrier() == Carrier.UDP) {
            neighbour.tell(new Message.Arrived(offer.route(), reader.position()));
        }
    }

    void giveUp() {
        if (way instanceof final Linked linked) {
            linked.link().close();
        } else {
            ((Sent) way).datagrams().close();
        }
    }
}
