package dev.maar.transport;

import dev.maar.transport.aeron.LogReader;
import dev.maar.transport.aeron.MessageSink;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * Copies what comes through a log into the ring of a leaky subscriber, on a thread of the runtime's, so that the log
 * never waits for that subscriber.
 */
final class Drain implements Served {

    private static final long CLOSE_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final LogReader reader;
    private final LeakyInlet<?> inlet;
    private final LeakyRing ring;
    private final Dispatcher thread;
    private final Gate gate = new Gate();
    private final MessageSink sink = this::copy;

    /** The message that is to come, if none is missed; -1 before the first. */
    private long next = -1;

    Drain(final LogReader reader, final LeakyInlet<?> inlet, final Dispatcher thread) {
        this.reader = reader;
        this.inlet = inlet;
        this.ring = inlet.ring();
        this.thread = thread;
    }

    @Override
    public int serve(final int limit) {
        if (!gate.enter()) {
            return 0;
        }
        try {
            final int count = reader.poll(sink, limit);
            if (count == 0 && reader.isFinished()) {
                inlet.sourceEnded();
            }
            return count;
        } finally {
            gate.exit();
        }
    }

    private void copy(final ByteBuffer bytes, final long sequence) {
        if (sequence > next && next >= 0) {
            ring.missed(sequence - next);
        }
        next = sequence + 1;
        final int length = bytes.remaining();
        ring.claim(length).put(bytes);
        ring.put(sequence, length);
    }

    /** From any thread: when it returns, the log is not read any more. */
    void close() {
        thread.remove(this);
        gate.close();
        gate.awaitEmpty(CLOSE_TIMEOUT_NANOS);
        reader.close();
    }
}
