package dev.maar.transport.mesh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.function.LongConsumer;

/**
 * What waits to be sent over one connection: frames in their order, and behind them the newest positions of routes, which
 * cost no allocation. Bounded, whatever the other side does. Thread-safe.
 */
final class Outbox {

    /** What may wait for a peer that does not read: 16,000 messages and more. */
    private static final int MAX_UNSENT_BYTES = 4 << 20;

    private final Runnable wakeUp;
    private final ArrayDeque<ByteBuffer> frames = new ArrayDeque<>();

    /** Those who have moved on since they were told of. */
    private final ArrayDeque<Progress> moved = new ArrayDeque<>();

    private int unsentBytes;
    private boolean overrun;

    /** Calls {@code wakeUp}, on any thread, when there is a position to tell. */
    Outbox(final Runnable wakeUp) {
        this.wakeUp = wakeUp;
    }

    synchronized void add(final ByteBuffer frame) {
        overrun |= unsentBytes + frame.remaining() > MAX_UNSENT_BYTES;
        if (!overrun) {
            unsentBytes += frame.remaining();
            frames.add(frame);
        }
    }

    /** Whether everything is sent. */
    synchronized boolean isEmpty() {
        return frames.isEmpty() && moved.isEmpty();
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
        while (going && (!frames.isEmpty() || hasMoved())) {
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
    private boolean hasMoved() {
        final Progress next = moved.poll();
        if (next != null) {
            add(next.told());
        }
        return next != null;
    }

    /** What is told how far the subscriber of a route has finished; from one thread. */
    LongConsumer progress(final long route) {
        return new Progress(route);
    }

    /**
     * One route's newest position. Its frame is used again and again: it is only written to when nothing else waits to be
     * sent, so that it has been sent itself.
     */
    private final class Progress implements LongConsumer {

        private static final int POSITION_OFFSET = Frame.LENGTH_BYTES + 1 + Long.BYTES;

        private final ByteBuffer frame;
        private long position;
        private boolean waiting;

        Progress(final long route) {
            this.frame = Frame.of(new Message.Consumed(route, 0));
        }

        @Override
        public void accept(final long newest) {
            synchronized (Outbox.this) {
                position = newest;
                if (waiting) {
                    return;
                }
                waiting = true;
                moved.add(this);
            }
            wakeUp.run();
        }

        ByteBuffer told() {
            waiting = false;
            return frame.clear().putLong(POSITION_OFFSET, position);
        }
    }
}
