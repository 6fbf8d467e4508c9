package dev.maar.transport;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of a link inside the runtime. Raw buffers are handed over as read-only views, so that readers do not
 * move each other's position; other objects as they are.
 *
 * @param <T> the type of the messages
 */
final class LocalInlet<T> extends Inlet<T> {

    private final LocalRing ring;
    private final @Nullable BufferViews views;
    private final Tally tally;
    private long index;

    LocalInlet(final LocalRing ring, final Tally tally, final boolean rawBuffers) {
        this.ring = ring;
        this.tally = tally;
        this.views = rawBuffers ? new BufferViews() : null;
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
            try {
                handler.onMessage(message, delivery);
            } finally {
                release();
            }
        }
        return count;
    }

    @Override
    @SuppressWarnings("unchecked")
    @Nullable
    T take(final Delivery delivery) {
        final Object message = ring.get(index);
        if (message == null) {
            return null;
        }
        delivery.set(Transport.LOCAL, ring.sequence(index));
        if (views == null) {
            tally.received(0);
            return (T) message;
        }
        final ByteBuffer view = views.of((ByteBuffer) message);
        tally.received(view.remaining());
        return (T) view;
    }

    @Override
    @SuppressWarnings("unchecked")
    Optional<T> wrapped(final T message) {
        return views == null ? Optional.of(message) : (Optional<T>) views.wrapped((ByteBuffer) message);
    }

    @Override
    void release() {
        ring.finish(index);
        index++;
    }

    @Override
    boolean isFinished() {
        return ring.isEnded() && ring.get(index) == null;
    }

    @Override
    Transport transport() {
        return Transport.LOCAL;
    }

    @Override
    Tally tally() {
        return tally;
    }

    @Override
    void close() {}
}
