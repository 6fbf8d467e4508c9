package dev.maar.transport;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What a thread does while there is nothing to do: spin briefly, because the other end is most often about to answer;
 * then yield, so that it gets the core when there are fewer cores than threads; then sleep for longer and longer. For
 * one thread.
 */
final class Idle {

    private static final int SPINS = 64;
    private static final int YIELDS = 4096;
    private static final long MIN_PARK_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long MAX_PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private int rounds;
    private long parkNanos = MIN_PARK_NANOS;

    /** There was something to do: begins again with spinning. */
    void reset() {
        rounds = 0;
        parkNanos = MIN_PARK_NANOS;
    }

    /** There was nothing to do. */
    void idle() {
        if (rounds < SPINS) {
            rounds++;
            Thread.onSpinWait();
        } else if (rounds < SPINS + YIELDS) {
            rounds++;
            Thread.yield();
        } else {
            LockSupport.parkNanos(parkNanos);
            parkNanos = Math.min(parkNanos * 2, MAX_PARK_NANOS);
        }
    }
}
