package dev.maar.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The slots between a publisher and one subscriber of the same runtime: a ring with one writer and one reader in which a
 * full slot is a message that the reader has not finished with. Neither end reads the other's position, so a hand-off
 * moves one cache line (the idea of FastForward, Giacomoni et al., 2008).
 *
 * <p>With a bound of n messages in flight, message k may go in when the slot of message k - n is empty, because the
 * reader empties them in order.
 */
final class LocalRing {

    private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(Object[].class);

    /** Unused slots before and after, so that nothing else shares the ring's cache lines: 128 bytes at 4 a slot. */
    private static final int PADDING = 32;

    private final @Nullable Object[] slots;
    private final int mask;
    private final int bound;

    /** The publisher's sequence number of the first message; written before that message, read after it. */
    private long firstSequence;

    private volatile boolean ended;

    LocalRing(final int bound) {
        final int capacity = bound == 1 ? 1 : Integer.highestOneBit(bound - 1) << 1;
        this.bound = bound;
        this.mask = capacity - 1;
        this.slots = new Object[PADDING + capacity + PADDING];
    }

    /** For the writer: whether message {@code index} (0, 1, ...) may go in. */
    boolean hasRoom(final long index) {
        return SLOTS.getAcquire(slots, slot(index - bound)) == null;
    }

    void put(final long index, final Object message, final long sequence) {
        if (index == 0) {
            firstSequence = sequence;
        }
        SLOTS.setRelease(slots, slot(index), message);
    }

    /** For the writer: whether the reader has finished with all messages before {@code index}. */
    boolean isDrained(final long index) {
        return SLOTS.getAcquire(slots, slot(index - 1)) == null;
    }

    /** For the reader: message {@code index}, or null when it is not there yet. */
    @Nullable
    Object get(final long index) {
        return SLOTS.getAcquire(slots, slot(index));
    }

    long sequence(final long index) {
        return firstSequence + index;
    }

    void finish(final long index) {
        SLOTS.setRelease(slots, slot(index), null);
    }

    /** The writer will put no more. */
    void end() {
        ended = true;
    }

    boolean isEnded() {
        return ended;
    }

    private int slot(final long index) {
        return PADDING + ((int) index & mask);
    }
}
