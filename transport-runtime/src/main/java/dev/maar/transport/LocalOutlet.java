package dev.maar.transport;

/**
 * The sending end of a link inside the runtime. Used by the publisher's thread.
 *
 * @param <T> the type of the messages
 */
final class LocalOutlet<T> extends Padded {

    private final LocalRing ring;
    private final Subscription<T> subscription;
    private long index;

    LocalOutlet(final LocalRing ring, final Subscription<T> subscription) {
        this.ring = ring;
        this.subscription = subscription;
    }

    /** Whose messages go through here. */
    Subscription<T> subscription() {
        return subscription;
    }

    boolean hasRoom() {
        return ring.hasRoom(index);
    }

    void put(final Object message, final long sequence) {
        ring.put(index, message, sequence);
        index++;
    }

    boolean isDrained() {
        return ring.isDrained(index);
    }

    /** From any thread: no more will come. */
    void end() {
        ring.end();
    }
}
