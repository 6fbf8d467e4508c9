package dev.maar.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets one thread at a time work on something that another thread may close, without a lock or a fence on the working
 * side: the worker marks itself inside and then looks at the closed flag; the closer sets the flag, waits far longer
 * than a processor keeps a store to itself, and only then looks at the mark. So either the worker sees the flag or the
 * closer sees the worker.
 *
 * <p>{@link #enter} and {@link #exit} are for the working thread, everything else for any.
 */
final class Gate {

    private static final VarHandle INSIDE;

    /** How long the closer waits before it believes that nobody is inside. Stores become visible in microseconds. */
    private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long NOBODY = 0;

    static {
        try {
            INSIDE = MethodHandles.lookup().findVarHandle(Gate.class, "inside", long.class);
        } catch (final ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** The id of the thread inside. A number and not the thread itself: storing references costs a barrier. */
    @SuppressWarnings("unused")
    private long inside;

    private volatile boolean closed;

    /**
     * Whether the calling thread may go in; it then owes {@link #exit}.
     *
     * @throws IllegalStateException when someone is inside: another thread, or this one from within a handler
     */
    boolean enter() {
        if ((long) INSIDE.getOpaque(this) != NOBODY) {
            throw new IllegalStateException(
                    isInside()
                            ? "called again from within its own call"
                            : "used by two threads at once; it is for one thread at a time");
        }
        INSIDE.setOpaque(this, Thread.currentThread().getId());
        if (closed) {
            exit();
            return false;
        }
        return true;
    }

    void exit() {
        INSIDE.setRelease(this, NOBODY);
    }

    boolean isClosed() {
        return closed;
    }

    /** Whether the calling thread is inside already. */
    boolean isInside() {
        return (long) INSIDE.getOpaque(this) == Thread.currentThread().getId();
    }

    /** Whether nobody is inside. After {@link #awaitEmpty} it stays so. */
    boolean isEmpty() {
        return (long) INSIDE.getAcquire(this) == NOBODY;
    }

    /** Lets nobody in any more. */
    void close() {
        closed = true;
    }

    /**
     * Waits, after {@link #close}, until the last one is out; returns at once when that is the calling thread.
     *
     * @return false when the time is up
     */
    boolean awaitEmpty(final long timeoutNanos) {
        if (isInside()) {
            return true;
        }
        final long deadline = System.nanoTime() + timeoutNanos;
        do {
            LockSupport.parkNanos(SETTLE_NANOS);
            if ((long) INSIDE.getAcquire(this) == NOBODY) {
                return true;
            }
        } while (System.nanoTime() - deadline < 0);
        return false;
    }
}
