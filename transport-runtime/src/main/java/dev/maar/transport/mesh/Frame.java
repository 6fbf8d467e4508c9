package dev.maar.transport.mesh;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * What goes through a socket: a length (4 bytes, big-endian, without itself), a kind (1 byte) and what belongs to it. A
 * frame is short, so that a stranger can make nobody keep much.
 */
final class Frame {

    static final int LENGTH_BYTES = Integer.BYTES;

    /** The longest frame without its length. Topics have 200 characters at most, of 3 bytes each. */
    static final int MAX_LENGTH = 4096;

    static final int MAX_TEXT_LENGTH = 1024;

    static final byte HELLO = -1;
    static final byte PROOF = -2;
    static final byte KEEP_ALIVE = -3;
    static final byte GOODBYE = -4;

    private Frame() {}

    /** A frame of the link itself. */
    static ByteBuffer of(final byte kind, final byte... content) {
        return ByteBuffer.allocate(LENGTH_BYTES + 1 + content.length)
                .putInt(1 + content.length)
                .put(kind)
                .put(content)
                .flip();
    }

    static ByteBuffer of(final Message message) {
        final ByteBuffer frame = ByteBuffer.allocate(LENGTH_BYTES + MAX_LENGTH);
        frame.position(LENGTH_BYTES).put((byte) message.kind().ordinal());
        message.write(frame);
        frame.putInt(0, frame.position() - LENGTH_BYTES);
        final ByteBuffer exact = ByteBuffer.allocate(frame.flip().remaining());
        return exact.put(frame).flip();
    }

    /** Whether a frame is a {@link Message.Consumed}, which is read where it lies: it is as frequent as messages are. */
    static boolean isPosition(final ByteBuffer from, final int start, final int length) {
        return length == 1 + 2 * Long.BYTES && from.get(start) == Message.Kind.CONSUMED.ordinal();
    }

    static Message message(final byte kind, final ByteBuffer content) throws IOException {
        final Message.Kind[] kinds = Message.Kind.values();
        if (kind < 0 || kind >= kinds.length) {
            throw new IOException("it speaks of what this version does not know: " + kind);
        }
        try {
            final Message message = kinds[kind].read(content);
            if (content.hasRemaining()) {
                throw new IOException("it sent a " + kinds[kind] + " that is too long");
            }
            return message;
        } catch (final BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException broken) {
            throw new IOException("it sent a broken " + kinds[kind], broken);
        }
    }
}
