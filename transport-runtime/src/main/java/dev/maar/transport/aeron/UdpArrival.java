package dev.maar.transport.aeron;

import io.aeron.Image;
import io.aeron.Subscription;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    private @Nullable LogReader arrived;
    private long arrivedAt;
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
        return arrived == null && System.nanoTime() - start >= offer.deadline().toNanos();
    }

    /**
     * The reader, once something has come and what the reader has no right to is passed: one that is not read from after it
     * has joined must hold nobody back for that. From then on this object has nothing to close.
     *
     * @return the reader, to be closed by the caller; empty when nothing has come yet, and after it has been had
     */
    public Optional<LogReader> reader() {
        if (taken) {
            return Optional.empty();
        }
        LogReader reader = arrived;
        if (reader == null) {
            final Image image = subscription.imageBySessionId(offer.sessionId());
            if (image == null) {
                return Optional.empty();
            }
            reader = new LogReader(subscription, image, offer.firstSequence(), () -> {}, Optional.empty());
            arrived = reader;
            arrivedAt = System.nanoTime();
        }
        taken = reader.isPast(offer.writtenEnd()) || System.nanoTime() - arrivedAt >= AeronNode.PASS_OLD_NANOS;
        return taken ? Optional.of(reader) : Optional.empty();
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
