package dev.maar.transport.aeron;

import io.aeron.Image;
import io.aeron.Subscription;
import java.util.Optional;

/**
 * A log of another host that is to come by UDP, and may not: whether UDP gets through is only known when something has
 * come. For one thread.
 */
public final class UdpArrival implements AutoCloseable {

    private final AeronNode node;
    private final Subscription subscription;
    private final UdpOffer offer;
    private final String endpoint;
    private final long start = System.nanoTime();
    private boolean taken;

    UdpArrival(final AeronNode node, final Subscription subscription, final UdpOffer offer, final String endpoint) {
        this.node = node;
        this.subscription = subscription;
        this.offer = offer;
        this.endpoint = endpoint;
    }

    /**
     * Where the log has to be sent.
     *
     * @return host and port
     */
    public String endpoint() {
        return endpoint;
    }

    /**
     * Whether nothing has come within the offer's deadline. It may be asked again: what comes late is still taken.
     *
     * @return true when UDP does not get through
     */
    public boolean isLate() {
        return !taken && System.nanoTime() - start >= offer.deadline().toNanos();
    }

    /**
     * The reader, once something has come. From then on this object has nothing to close.
     *
     * @return the reader, to be closed by the caller; empty when nothing has come yet, and after it has been had
     */
    public Optional<LogReader> reader() {
        final Image image = taken ? null : subscription.imageBySessionId(offer.sessionId());
        if (image == null) {
            return Optional.empty();
        }
        taken = true;
        return Optional.of(new LogReader(subscription, image, offer.firstSequence(), () -> {}, Optional.empty()));
    }

    /** Does not listen any more, if the reader has not been had. */
    @Override
    public void close() {
        if (!taken && !node.isClosed()) {
            taken = true;
            subscription.close();
        }
    }
}
