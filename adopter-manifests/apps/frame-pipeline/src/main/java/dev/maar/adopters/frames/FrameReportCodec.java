package dev.maar.adopters.frames;

import dev.maar.transport.Codec;
import java.nio.ByteBuffer;

/** Reports as bytes, field by field. Stateless. */
final class FrameReportCodec implements Codec<FrameReport> {

    private static final int SIZE = Integer.BYTES + 2 * Long.BYTES + 3 * Double.BYTES;

    @Override
    public int size(final FrameReport message) {
        return SIZE;
    }

    @Override
    public void encode(final FrameReport message, final ByteBuffer into) {
        into.putInt(message.camera())
                .putLong(message.number())
                .putLong(message.checksum())
                .putDouble(message.brightness())
                .putDouble(message.darkest())
                .putDouble(message.brightest());
    }

    @Override
    public FrameReport decode(final ByteBuffer from) {
        return new FrameReport(
                from.getInt(), from.getLong(), from.getLong(), from.getDouble(), from.getDouble(), from.getDouble());
    }
}
