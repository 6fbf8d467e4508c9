package dev.maar.transport;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of one link from one publisher. Used by the subscriber's thread, except where said.
 *
 * @param <T> the type of the messages
 */
abstract class Inlet<T> extends Padded {

    /**
     * Delivers up to {@code limit} messages; each is released when the handler is through with it, also when it throws.
     *
     * @return how many were delivered
     */
    abstract int poll(Handler<T> handler, Delivery delivery, int limit);

    /** The next message, in flight until {@link #release}; or null when there is none. */
    abstract @Nullable T take(Delivery delivery);

    /** What {@link #take} has just given, in an envelope; for raw buffers, of which there are few, one that is used again. */
    Optional<T> wrapped(final T message) {
        return Optional.of(message);
    }

    /** Finishes what {@link #take} gave. */
    abstract void release();

    /** Whether the publisher has left and everything it sent is delivered. */
    abstract boolean isFinished();

    /** What carries this link's messages. */
    abstract Transport transport();

    /** What came through this link. From any thread. */
    abstract Tally tally();

    /** How many messages were dropped for a leaky subscriber. From any thread. */
    long dropped() {
        return 0;
    }

    /** Lets go of the link; called once, by any thread, when the subscriber's thread does not use it any more. */
    abstract void close();
}
