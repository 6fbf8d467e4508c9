package dev.maar.transport;

import java.nio.ByteBuffer;

/**
 * The sending end of a link inside the runtime to a leaky subscriber: hands over a copy, and the publisher is never held
 * back.
 *
 * @param <T> the type of the messages
 */
final class LeakyOutlet<T> extends Outlet<T> {

    private final LeakyInlet<T> inlet;
    private final LeakyRing ring;
    private final Codec<T> codec;

    LeakyOutlet(final LeakyInlet<T> inlet, final Subscription<T> subscription) {
        super(subscription);
        this.inlet = inlet;
        this.ring = inlet.ring();
        this.codec = subscription.topic().codec();
    }

    @Override
    boolean hasRoom() {
        return true;
    }

    @Override
    void put(final T message, final long sequence) {
        final int size = codec.size(message);
        final ByteBuffer into = ring.claim(size);
        codec.encode(message, into);
        ring.put(sequence, size);
    }

    @Override
    boolean isDrained() {
        return true;
    }

    @Override
    void end() {
        inlet.sourceEnded();
    }
}
