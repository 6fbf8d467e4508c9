package dev.maar.adopters.relay;

import dev.maar.transport.Codec;
import java.nio.ByteBuffer;

/**
 * Blocks as bytes: the number, then the samples. What is decoded is valid until the same thread decodes the next block of
 * the topic, which is as long as its handler runs. Thread-safe: each thread decodes into a block of its own.
 */
final class SampleBlockCodec implements Codec<SampleBlock> {

    private final ThreadLocal<SampleBlock> decoded = ThreadLocal.withInitial(() -> new SampleBlock(0));

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
        final SampleBlock block = room(length);
        block.begin(number, length);
        final float[] samples = block.samples();
        for (int i = 0; i < length; i++) {
            samples[i] = from.getFloat();
        }
        return block;
    }

    private SampleBlock room(final int length) {
        final SampleBlock block = decoded.get();
        if (block.samples().length >= length) {
            return block;
        }
        final SampleBlock larger = new SampleBlock(length);
        decoded.set(larger);
        return larger;
    }
}
