package dev.maar.transport;

/**
 * The sending end of a link inside the runtime. Used by the publisher's thread, except where said.
 *
 * @param <T> the type of the messages
 */
abstract sealed class Outlet<T> extends Padded permits LocalOutlet, LeakyOutlet {

    private final Subscription<T> subscription;

    Outlet(final Subscription<T> subscription) {
        this.subscription = subscription;
    }

    /** Whose messages go through here. */
    final Subscription<T> subscription() {
        return subscription;
    }

    /** Whether one more message may go in. */
    abstract boolean hasRoom();

    /** Hands over a message; after {@link #hasRoom}. */
    abstract void put(T message, long sequence);

    /** Whether the subscriber has finished with everything. */
    abstract boolean isDrained();

    /** From any thread: no more will come. */
    abstract void end();
}
