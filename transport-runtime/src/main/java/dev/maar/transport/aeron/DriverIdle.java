package dev.maar.transport.aeron;

import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * What the driver's thread does while it has nothing to do. With shared memory alone messages do not pass through it, and
 * it backs off at once to leave the cores to the ends. When it also has to move datagrams, it first yields for a while:
 * every wake-up from sleep would be added to a message's way. For the driver's thread; {@link #network} for any.
 */
final class DriverIdle implements IdleStrategy {

    /** Some milliseconds of yielding on a quiet machine. */
    private static final int YIELDS = 4_096;

    private final BackoffIdleStrategy backOff = new BackoffIdleStrategy();
    private volatile boolean network;
    private int yields;

    /** From now on there are datagrams to move. */
    void network() {
        network = true;
    }

    @Override
    public void idle(final int workCount) {
        if (workCount > 0) {
            reset();
        } else {
            idle();
        }
    }

    @Override
    public void idle() {
        if (network && yields < YIELDS) {
            yields++;
            Thread.yield();
        } else {
            backOff.idle();
        }
    }

    @Override
    public void reset() {
        yields = 0;
        backOff.reset();
    }
}
