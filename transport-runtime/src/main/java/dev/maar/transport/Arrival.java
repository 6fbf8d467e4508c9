package dev.maar.transport;

import dev.maar.transport.aeron.LogReader;
import dev.maar.transport.mesh.Message;
import dev.maar.transport.tcp.TcpIncoming;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A log of another runtime that is to come by TCP: it can be joined when the other side has connected. Guarded by the
 * registry's lock.
 */
final class Arrival {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Neighbour neighbour;
    private final Message.Offered offer;
    private final Subscription<?> subscription;
    private final TcpIncoming link;
    private final long since = System.nanoTime();

    Arrival(
            final Neighbour neighbour,
            final Message.Offered offer,
            final Subscription<?> subscription,
            final TcpIncoming link) {
        this.neighbour = neighbour;
        this.offer = offer;
        this.subscription = subscription;
        this.link = link;
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

    /** The reader, when the log is there; closing it closes the link. */
    Optional<LogReader> reader() {
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

    void giveUp() {
        link.close();
    }
}
