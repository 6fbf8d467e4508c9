package dev.maar.transport;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * How a publisher waits: it may be interrupted, it serves other handlers meanwhile when it waits within one, and the time
 * is looked at before the last attempt, so that a process which was frozen meanwhile still gets that attempt. For one
 * thread.
 */
final class Patience {

    private final Topic<?> topic;
    private final Dispatcher dispatcher;
    private final Gate gate;
    private final long timeoutNanos;
    private final Idle idle = new Idle();
    private long since;

    Patience(final Topic<?> topic, final Dispatcher dispatcher, final Gate gate, final Duration timeout) {
        this.topic = topic;
        this.dispatcher = dispatcher;
        this.gate = gate;
        this.timeoutNanos = timeout.toNanos();
    }

    /** There is a new reason to wait, or there was progress. */
    void begin() {
        since = System.nanoTime();
        idle.reset();
    }

    boolean isExpired() {
        return System.nanoTime() - since >= timeoutNanos;
    }

    long timeoutNanos() {
        return timeoutNanos;
    }

    /** The same, for people; costs an object. */
    Duration timeout() {
        return Duration.ofNanos(timeoutNanos);
    }

    void pause() {
        if (Thread.currentThread().isInterrupted()) {
            throw new TransportException(TransportError.INTERRUPTED, "topic " + topic + ": interrupted while waiting");
        }
        if (!dispatcher.help()) {
            idle.idle();
        }
    }

    /** Pauses unless the publisher is closed. */
    void pauseOpen() {
        if (gate.isClosed()) {
            throw new TransportException(TransportError.CLOSED, "topic " + topic + ": the publisher is closed");
        }
        pause();
    }

    boolean await(final Duration timeout, final BooleanSupplier condition) {
        final long start = System.nanoTime();
        final long nanos = TimeUnit.NANOSECONDS.convert(timeout);
        idle.reset();
        while (true) {
            final boolean expired = System.nanoTime() - start >= nanos;
            if (condition.getAsBoolean()) {
                return true;
            }
            if (expired) {
                return false;
            }
            pause();
        }
    }
}
