package dev.maar.transport.mesh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent over one connection: frames in their order, and behind them the newest positions of routes, which
 * cost no allocation and, for those who tell them, no lock. Bounded, whatever the other side does. Thread-safe.
 */
final class Outbox {

    /** What may wait for a peer that does not read: 16,000 messages and more. */
    private static final int MAX_UNSENT_BYTES = 4 << 20;

    /** Is called on any thread when there is a position to tell. */
    interface Waker {
        /** @param now whether somebody may wait for it */
        void moved(boolean now);
    }

    private final Waker waker;
    private final ArrayDeque<ByteBuffer> frames = new ArrayDeque<>();

    /** The last of those who have moved on since they were told of, linked with each other; each is in it once. */
    private final AtomicReference<@Nullable Step> moved = new AtomicReference<>();

    /** Those of them who are being told. */
    private @Nullable Step telling;

    private int unsentBytes;
    private boolean overrun;

    Outbox(final Waker waker) {
        this.waker = waker;
    }

    synchronized void add(final ByteBuffer frame) {
        overrun |= unsentBytes + frame.remaining() > MAX_UNSENT_BYTES;
        if (!overrun) {
            unsentBytes += frame.remaining();
            frames.add(frame);
        }
    }

    /** Whether no frame waits that has been begun, or is to go before all positions. */
    synchronized boolean isEmpty() {
        return frames.isEmpty();
    }

    /** Whether there are positions that nobody has begun to tell. */
    boolean hasMoved() {
        return moved.get() != null;
    }

    /**
     * Writes what can be written without waiting.
     *
     * @return whether any frame has gone out to its end
     */
    synchronized boolean write(final WritableByteChannel channel) throws IOException {
        if (overrun) {
            throw new IOException("it does not read what it is sent");
        }
        boolean any = false;
        boolean going = true;
        while (going && (!frames.isEmpty() || isTelling())) {
            final ByteBuffer next = frames.element();
            unsentBytes -= channel.write(next);
            going = !next.hasRemaining();
            if (going) {
                frames.remove();
                any = true;
            }
        }
        return any;
    }

    /** Whether there is a position to tell, which is then the next frame. */
    private boolean isTelling() {
        Step next = telling;
        if (next == null) {
            next = moved.getAndSet(null);
        }
        if (next == null) {
            return false;
        }
        telling = next.next;
        add(next.told());
        return true;
    }

    /** What is told how far the subscriber of a route has finished; from one thread. */
    Progress progress(final long route) {
        return new Step(route);
    }

    /**
     * One route's newest position. Its frame is used again and again: it is only written to when nothing else waits to be
     * sent, so that it has been sent itself.
     */
    private final class Step implements Progress {

        private static final int POSITION_OFFSET = Frame.LENGTH_BYTES + 1 + Long.BYTES;

        private final ByteBuffer frame;
        private final AtomicBoolean waiting = new AtomicBoolean();
        private volatile long position;
        private @Nullable Step next;

        Step(final long route) {
            this.frame = Frame.of(new Message.Consumed(route, 0));
        }

        @Override
        public void finished(final long newest, final boolean now) {
            position = newest;
            final boolean first = !waiting.get() && waiting.compareAndSet(false, true);
            if (first) {
                do {
                    next = moved.get();
                } while (!moved.compareAndSet(next, this));
            }
            if (first || now) {
                waker.moved(now);
            }
        }

        /** What comes after this is told again. */
        ByteBuffer told() {
            next = null;
            waiting.set(false);
            return frame.clear().putLong(POSITION_OFFSET, position);
        }
    }
}
