package dev.maar.transport;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A publisher goes over from logs whose media driver has gone to new ones. Nothing is published until its subscribers have
 * finished with what is in the old logs and have come to the new ones; so nothing is lost or out of order. Those who take
 * too long are waited for no more. Asked by the publisher's thread, changed by any.
 */
final class Transition {

    /** Well below the time after which Aeron gives up the old logs by itself. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final LogFan<?> old;
    private final Set<Object> awaited = ConcurrentHashMap.newKeySet();
    private final long since = System.nanoTime();
    private volatile boolean resumed;
    private volatile boolean over;

    Transition(final LogFan<?> old) {
        this.old = old;
    }

    /** A subscriber of another runtime that should come. */
    void await(final Object subscriber) {
        awaited.add(subscriber);
    }

    /** It has come, or will not. */
    void settled(final Object subscriber) {
        awaited.remove(subscriber);
    }

    /** The new logs are open, and everyone who is to come to them is named. */
    void resumed() {
        resumed = true;
    }

    /** Once it is over it stays so, and the old logs are not looked at any more. */
    boolean isOver() {
        if (!over) {
            over = System.nanoTime() - since >= PATIENCE_NANOS || (resumed && awaited.isEmpty() && old.isDrained());
        }
        return over;
    }

    /** Lets go of the old logs; once it is over. */
    void end() {
        for (final LogOutlet outlet : old.outlets()) {
            outlet.route().end();
        }
    }
}
