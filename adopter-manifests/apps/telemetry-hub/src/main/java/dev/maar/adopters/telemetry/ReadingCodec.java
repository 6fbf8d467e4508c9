package dev.maar.adopters.telemetry;

import dev.maar.transport.Codec;
import java.nio.ByteBuffer;

/** Readings as 13 bytes: sensor, counter, value. Stateless. */
final class ReadingCodec implements Codec<Reading> {

    private static final int SIZE = Integer.BYTES + Byte.BYTES + Double.BYTES;

    @Override
    public int size(final Reading message) {
        return SIZE;
    }

    @Override
    public void encode(final Reading message, final ByteBuffer into) {
        into.putInt(message.sensor()).put((byte) message.counter()).putDouble(message.value());
    }

    @Override
    public Reading decode(final ByteBuffer from) {
        return new Reading(from.getInt(), from.get() & (Reading.COUNTERS - 1), from.getDouble());
    }
}
