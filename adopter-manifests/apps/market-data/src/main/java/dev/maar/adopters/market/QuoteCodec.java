package dev.maar.adopters.market;

import dev.maar.transport.Codec;
import java.nio.ByteBuffer;

/** Quotes as 28 bytes: instrument, bid, ask, sizes. Stateless. */
final class QuoteCodec implements Codec<Quote> {

    private static final int SIZE = 3 * Integer.BYTES + 2 * Long.BYTES;

    @Override
    public int size(final Quote message) {
        return SIZE;
    }

    @Override
    public void encode(final Quote message, final ByteBuffer into) {
        into.putInt(message.instrument())
                .putLong(message.bid())
                .putLong(message.ask())
                .putInt(message.bidSize())
                .putInt(message.askSize());
    }

    @Override
    public Quote decode(final ByteBuffer from) {
        return new Quote(from.getInt(), from.getLong(), from.getLong(), from.getInt(), from.getInt());
    }
}
