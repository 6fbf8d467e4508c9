package dev.maar.adopters.frames;

import dev.maar.transport.Codec;
import java.nio.ByteBuffer;

/** Frames as bytes: camera, number, width, height, pixels. A decoded frame's pixels are not copied. Stateless. */
final class FrameCodec implements Codec<Frame> {

    private static final int HEADER = Integer.BYTES + Long.BYTES + Integer.BYTES + Integer.BYTES;

    @Override
    public int size(final Frame message) {
        return HEADER + message.pixels().limit();
    }

    @Override
    public void encode(final Frame message, final ByteBuffer into) {
        into.putInt(message.camera())
                .putLong(message.number())
                .putInt(message.width())
                .putInt(message.height());
        into.put(into.position(), message.pixels(), 0, message.pixels().limit());
    }

    @Override
    public Frame decode(final ByteBuffer from) {
        final int camera = from.getInt();
        final long number = from.getLong();
        final int width = from.getInt();
        final int height = from.getInt();
        return new Frame(camera, number, width, height, from.slice());
    }
}
