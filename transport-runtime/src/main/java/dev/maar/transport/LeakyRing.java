package dev.maar.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The newest messages of a publisher, as bytes, between one writer and one reader of which neither ever waits. Putting
 * one more message into a full ring drops the oldest.
 *
 * <p>Cells circulate and are never shared: the writer fills a spare cell and swaps it into its slot; what it gets back,
 * a dropped message or an empty cell, is its next spare. The reader swaps its spare cell in and owns what it gets. There
 * is one cell for each slot and a spare for each end, so after each cell has seen the largest message nothing is
 * allocated.
 */
final class LeakyRing {

    private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(Cell[].class);
    private static final VarHandle END;
    private static final VarHandle DROPPED;

    static {
        try {
            final MethodHandles.Lookup lookup = MethodHandles.lookup();
            END = lookup.findVarHandle(LeakyRing.class, "end", long.class);
            DROPPED = lookup.findVarHandle(LeakyRing.class, "dropped", long.class);
        } catch (final ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** Room for one message. Whoever has taken it out of the slots owns it. */
    private static final class Cell {

        /** The message's place among those put into this ring; -1 when empty. Peeked at by the reader. */
        private volatile long index = -1;

        private long sequence;
        private ByteBuffer bytes = ByteBuffer.allocateDirect(0);
        private ByteBuffer view = bytes.asReadOnlyBuffer();
        private Optional<ByteBuffer> envelope = Optional.of(view);

        void ensure(final int length) {
            if (bytes.capacity() < length) {
                bytes = ByteBuffer.allocateDirect(length);
                view = bytes.asReadOnlyBuffer();
                envelope = Optional.of(view);
            }
        }
    }

    private final Cell[] slots;
    private final Tally tally;

    /** How many messages were put in. */
    @SuppressWarnings("unused")
    private long end;

    /** How many were overwritten before they were taken. */
    @SuppressWarnings("unused")
    private long dropped;

    private Cell writersSpare = new Cell();
    private Cell readersSpare = new Cell();
    private long next;

    /** Counts what it drops in {@code tally}, too. */
    LeakyRing(final int capacity, final Tally tally) {
        this.tally = tally;
        slots = new Cell[capacity];
        for (int i = 0; i < capacity; i++) {
            slots[i] = new Cell();
        }
    }

    /**
     * For the writer: where to write the next message of exactly {@code length} bytes; {@link #put} has to follow, or
     * it is as if this was not called.
     */
    ByteBuffer claim(final int length) {
        writersSpare.ensure(length);
        return writersSpare.bytes.clear().limit(length).order(ByteOrder.BIG_ENDIAN);
    }

    /** For the writer: the message that {@link #claim} gave room for. */
    void put(final long sequence, final int length) {
        final long index = (long) END.getOpaque(this);
        final Cell filled = writersSpare;
        filled.sequence = sequence;
        filled.bytes.limit(length);
        filled.index = index;
        final Cell displaced = (Cell) SLOTS.getAndSet(slots, slot(index), filled);
        if (displaced.index >= 0) {
            DROPPED.setOpaque(this, (long) DROPPED.getOpaque(this) + 1);
            tally.dropped();
            displaced.index = -1;
        }
        writersSpare = displaced;
        END.setRelease(this, index + 1);
    }

    /** For the writer: that many messages were dropped before they came here. */
    void missed(final long count) {
        DROPPED.setOpaque(this, (long) DROPPED.getOpaque(this) + count);
        tally.dropped(count);
    }

    /**
     * For the reader: the oldest message that waits, valid until the next call; null when there is none. A cell that
     * does not hold the message expected, or is gone when it is reached for, says that this message was dropped.
     */
    @Nullable
    ByteBuffer take() {
        while (true) {
            final long until = (long) END.getAcquire(this);
            final long oldest = Math.max(next, until - slots.length);
            if (oldest >= until) {
                return null;
            }
            final Cell waiting = (Cell) SLOTS.getAcquire(slots, slot(oldest));
            if (waiting.index == oldest && SLOTS.compareAndSet(slots, slot(oldest), waiting, readersSpare)) {
                return taken(waiting);
            }
            next = oldest + 1;
        }
    }

    /**
     * The cell's index is read again, because in between it may have been dropped and come back to its slot with a
     * newer message. What is older than that counts as dropped when it is overwritten.
     */
    private ByteBuffer taken(final Cell cell) {
        next = cell.index + 1;
        cell.index = -1;
        readersSpare = cell;
        return cell.view.limit(cell.bytes.limit()).position(0).order(ByteOrder.BIG_ENDIAN);
    }

    /** For the reader: the message that {@link #take} gave, in an envelope that is used again. */
    Optional<ByteBuffer> envelope() {
        return readersSpare.envelope;
    }

    /** For the reader: the publisher's number of the message that {@link #take} gave. */
    long sequence() {
        return readersSpare.sequence;
    }

    /** Whether nothing waits. For the reader. */
    boolean isEmpty() {
        return next >= (long) END.getAcquire(this);
    }

    /** How many messages were dropped so far. From any thread. */
    long dropped() {
        return (long) DROPPED.getOpaque(this);
    }

    private int slot(final long index) {
        return (int) (index % slots.length);
    }
}
