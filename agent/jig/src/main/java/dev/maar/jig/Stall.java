package dev.maar.jig;

import java.util.function.LongSupplier;

/**
 * Waits for a count to reach a target, and gives up when it stops growing: how a jig's loop ends although a message was
 * lost. Spins briefly, then yields, so that it does not take the core from the thread it waits for. For one thread.
 */
public final class Stall {

    private static final int SPINS = 128;

    private final long limitNanoseconds;

    /** A wait that gives up after one second without progress. */
    public Stall() {
        this(1_000_000_000L);
    }

    /**
     * A wait with a limit of its own.
     *
     * @param limitNanoseconds how long the count may stand still
     */
    public Stall(final long limitNanoseconds) {
        this.limitNanoseconds = limitNanoseconds;
    }

    /**
     * Waits until the count is at least the target or has not grown for the limit.
     *
     * @param count read again and again; must become visible from the thread that raises it
     * @param target the count to wait for
     * @return whether the target was reached
     */
    public boolean await(final LongSupplier count, final long target) {
        long seen = count.getAsLong();
        int idle = 0;
        long since = 0;
        while (seen < target) {
            if (++idle < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
                final long now = System.nanoTime();
                if (since == 0) {
                    since = now;
                } else if (now - since > limitNanoseconds) {
                    return count.getAsLong() >= target;
                }
            }
            final long next = count.getAsLong();
            if (next != seen) {
                seen = next;
                idle = 0;
                since = 0;
            }
        }
        return true;
    }
}
