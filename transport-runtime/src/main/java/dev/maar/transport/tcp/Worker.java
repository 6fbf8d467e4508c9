package dev.maar.transport.tcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One end of a link, which is worked on by one thread at a time: the links' own thread, or one that writes or reads a
 * log and finds that moving the bytes itself is quicker than waiting. Nobody waits for a turn that somebody else has.
 */
abstract class Worker {

    private static final VarHandle TURN;
    private static final VarHandle HELPS;
    private static final int FREE = 0;
    private static final int TAKEN = 1;
    private static final int GONE = 2;

    static {
        try {
            final MethodHandles.Lookup lookup = MethodHandles.lookup();
            TURN = lookup.findVarHandle(Worker.class, "turn", int.class);
            HELPS = lookup.findVarHandle(Worker.class, "helps", int.class);
        } catch (final ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    @SuppressWarnings("unused")
    private int turn = FREE;

    /** How often another thread than the links' has worked here. */
    @SuppressWarnings("unused")
    private int helps;

    private final Apart apart = new Apart(this::work);

    /** Begins a turn, which {@link #exit} ends; false when another thread has it, or this end is closed. */
    final boolean enter() {
        return (int) TURN.getOpaque(this) == FREE && TURN.compareAndSet(this, FREE, TAKEN);
    }

    final void exit() {
        TURN.setRelease(this, FREE);
    }

    /** Begins a turn as soon as nobody else has it; false when this end is closed. For the links' thread. */
    final boolean enterSoon() {
        while (!enter()) {
            if ((int) TURN.getAcquire(this) == GONE) {
                return false;
            }
            Thread.yield();
        }
        return true;
    }

    /** Does what can be done without waiting, unless another thread is about it; 0 for nothing. */
    final int tryWork(final long now) {
        if (!enter()) {
            return 0;
        }
        try {
            return workApart(now);
        } finally {
            exit();
        }
    }

    /**
     * Does what can be done without waiting, on a thread that reads or writes a log. Not when that thread is interrupted:
     * a channel is closed under an interrupted thread.
     */
    final void help() {
        if (!Thread.currentThread().isInterrupted() && enter()) {
            try {
                workApart(System.nanoTime());
            } finally {
                helped();
                exit();
            }
        }
    }

    private int workApart(final long now) {
        try {
            return apart.at(now);
        } catch (final IOException impossible) {
            throw new UncheckedIOException("a link's work ends its connection itself", impossible);
        }
    }

    /** Another thread than the links' has worked here, within a turn. */
    final void helped() {
        HELPS.setOpaque(this, helps + 1);
    }

    /** How often another thread than the links' has worked here. */
    final int helps() {
        return (int) HELPS.getOpaque(this);
    }

    /** Frees everything, once; nobody works here afterwards. */
    final void dispose() {
        if (enterSoon()) {
            try {
                free();
            } finally {
                TURN.setRelease(this, GONE);
            }
        }
    }

    /**
     * Does what can be done without waiting, within a turn.
     *
     * @param now nanoseconds of the monotonic clock
     * @return how much was done; 0 for nothing
     */
    abstract int work(long now);

    /** Frees everything, within the last turn. */
    abstract void free();
}
