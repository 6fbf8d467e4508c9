package dev.maar.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Counts of one end of one link. Written by one thread, read by any without being torn. */
final class Tally {

    private static final VarHandle MESSAGES;
    private static final VarHandle BYTES;
    private static final VarHandle BACK_PRESSURED;

    static {
        try {
            final MethodHandles.Lookup lookup = MethodHandles.lookup();
            MESSAGES = lookup.findVarHandle(Tally.class, "messages", long.class);
            BYTES = lookup.findVarHandle(Tally.class, "bytes", long.class);
            BACK_PRESSURED = lookup.findVarHandle(Tally.class, "backPressured", long.class);
        } catch (final ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private long messages;
    private long bytes;
    private long backPressured;

    void message(final long size) {
        MESSAGES.setOpaque(this, messages + 1);
        BYTES.setOpaque(this, bytes + size);
    }

    void backPressured() {
        BACK_PRESSURED.setOpaque(this, backPressured + 1);
    }

    long messages() {
        return (long) MESSAGES.getOpaque(this);
    }

    long bytes() {
        return (long) BYTES.getOpaque(this);
    }

    long backPressures() {
        return (long) BACK_PRESSURED.getOpaque(this);
    }
}
