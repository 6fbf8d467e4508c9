package dev.maar.transport;

/**
 * The sending end of a link inside the runtime to a reliable subscriber: hands over the object itself.
 *
 * @param <T> the type of the messages
 */
final class LocalOutlet<T> extends Outlet<T> {

    private final LocalRing ring;
    private long index;

    LocalOutlet(final LocalRing ring, final Subscription<T> subscription) {
        super(subscription);
        this.ring = ring;
    }

    @Override
    boolean hasRoom() {
        return ring.hasRoom(index);
    }

    @Override
    void put(final T message, final long sequence) {
        ring.put(index, message, sequence);
        index++;
    }

    @Override
    boolean isDrained() {
        return ring.isDrained(index);
    }

    @Override
    void end() {
        ring.end();
    }
}
