package dev.maar.adopters.relay;

import dev.maar.transport.Codec;
import java.nio.ByteBuffer;

/** Blocks as bytes: the number, then the samples. Stateless. */
final class SampleBlockCodec implements Codec<SampleBlock> {

    @Override
    public int size(final SampleBlock message) {
        return Long.BYTES + message.length() * Float.BYTES;
    }

    @Override
    public void encode(final SampleBlock message, final ByteBuffer into) {
        into.putLong(message.number());
        final float[] samples = message.samples();
        for (int i = 0; i < message.length(); i++) {
            into.putFloat(samples[i]);
        }
    }

    @Override
    public SampleBlock decode(final ByteBuffer from) {
        final long number = from.getLong();
        final int length = from.remaining() / Float.BYTES;
        final SampleBlock block = new SampleBlock(length);
        block.begin(number, length);
        final float[] samples = block.samples();
        for (int i = 0; i < length; i++) {
            samples[i] = from.getFloat();
        }
        return block;
    }
}
