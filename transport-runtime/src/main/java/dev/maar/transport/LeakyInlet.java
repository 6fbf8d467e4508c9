package dev.maar.transport;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of a leaky link: what a {@link LeakyRing} holds. Inside the runtime the publisher fills it, and a
 * {@link Drain} where messages come through a log.
 *
 * @param <T> the type of the messages
 */
final class LeakyInlet<T> extends Inlet<T> {

    private final LeakyRing ring;
    private final Transport transport;
    private final Codec<T> codec;
    private final Tally tally;
    private volatile boolean sourceEnded;
    private volatile @Nullable Drain drain;

    LeakyInlet(final int capacity, final Tally tally, final Codec<T> codec) {
        this.ring = new LeakyRing(capacity, tally);
        this.tally = tally;
        this.transport = tally.transport();
        this.codec = codec;
    }

    LeakyRing ring() {
        return ring;
    }

    /** What fills the ring; it is closed with this inlet. */
    void filledBy(final Drain opened) {
        drain = opened;
    }

    /** No more will be put into the ring. From any thread. */
    void sourceEnded() {
        sourceEnded = true;
    }

    @Override
    int poll(final Handler<T> handler, final Delivery delivery, final int limit) {
        int count = 0;
        while (count < limit) {
            final T message = take(delivery);
            if (message == null) {
                break;
            }
            count++;
            handler.onMessage(message, delivery);
        }
        return count;
    }

    @Override
    @Nullable
    T take(final Delivery delivery) {
        final ByteBuffer bytes = ring.take();
        if (bytes == null) {
            return null;
        }
        tally.received(bytes.remaining());
        delivery.set(transport, ring.sequence());
        return codec.decode(bytes);
    }

    @Override
    @SuppressWarnings("unchecked")
    Optional<T> wrapped(final T message) {
        final Optional<ByteBuffer> envelope = ring.envelope();
        return envelope.orElseThrow() == message ? (Optional<T>) envelope : Optional.of(message);
    }

    /** Nothing waits for this subscriber to finish. */
    @Override
    void release() {}

    @Override
    boolean isFinished() {
        return sourceEnded && ring.isEmpty();
    }

    @Override
    Transport transport() {
        return transport;
    }

    @Override
    Tally tally() {
        return tally;
    }

    @Override
    long dropped() {
        return ring.dropped();
    }

    @Override
    void close() {
        final Drain filling = drain;
        if (filling != null) {
            filling.close();
        }
    }
}
