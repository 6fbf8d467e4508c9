package dev.maar.transport;

import dev.maar.transport.aeron.LogReader;
import dev.maar.transport.aeron.MessageSink;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of a link through a log: decodes each message from where it lies.
 *
 * @param <T> the type of the messages
 */
final class LogInlet<T> extends Inlet<T> {

    /** A reader's views: one of each term of the log, and one of what is put together. */
    private static final int VIEWS = 4;

    private final LogReader reader;
    private final Transport transport;
    private final Codec<T> codec;
    private final Tally tally;
    private final MessageSink sink = this::deliver;

    private final Envelopes<T> envelopes;

    private @Nullable Handler<T> handler;
    private @Nullable Delivery delivery;

    LogInlet(final LogReader reader, final Tally tally, final Codec<T> codec) {
        this.reader = reader;
        this.tally = tally;
        this.transport = tally.transport();
        this.codec = codec;
        this.envelopes = new Envelopes<>(codec == Codec.bytes() ? VIEWS : 0);
    }

    @Override
    int poll(final Handler<T> to, final Delivery with, final int limit) {
        if (handler != to) {
            handler = to;
            delivery = with;
        }
        return reader.poll(sink, limit);
    }

    private void deliver(final ByteBuffer bytes, final long sequence) {
        final Handler<T> to = handler;
        final Delivery with = delivery;
        if (to == null || with == null) {
            throw new IllegalStateException("a message without a handler");
        }
        tally.received(bytes.remaining());
        with.set(transport, sequence);
        to.onMessage(codec.decode(bytes), with);
    }

    @Override
    @Nullable
    T take(final Delivery with) {
        final ByteBuffer bytes = reader.take();
        if (bytes == null) {
            return null;
        }
        tally.received(bytes.remaining());
        with.set(transport, reader.heldSequence());
        boolean decoded = false;
        try {
            final T message = codec.decode(bytes);
            decoded = true;
            return message;
        } finally {
            if (!decoded) {
                reader.release();
            }
        }
    }

    @Override
    Optional<T> wrapped(final T message) {
        return envelopes.of(message);
    }

    @Override
    void release() {
        reader.release();
    }

    @Override
    boolean isFinished() {
        return reader.isFinished();
    }

    @Override
    Transport transport() {
        return transport;
    }

    @Override
    Tally tally() {
        return tally;
    }

    @Override
    void close() {
        reader.close();
    }
}
