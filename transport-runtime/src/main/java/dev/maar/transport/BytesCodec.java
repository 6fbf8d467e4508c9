package dev.maar.transport;

import java.nio.ByteBuffer;

/** Raw bytes: encoding is one copy into the log, decoding is none. Stateless. */
final class BytesCodec implements Codec<ByteBuffer> {

    static final BytesCodec INSTANCE = new BytesCodec();

    private BytesCodec() {}

    @Override
    public int size(final ByteBuffer message) {
        return message.remaining();
    }

    @Override
    public void encode(final ByteBuffer message, final ByteBuffer into) {
        into.put(into.position(), message, message.position(), message.remaining());
    }

    @Override
    public ByteBuffer decode(final ByteBuffer from) {
        return from;
    }
}
