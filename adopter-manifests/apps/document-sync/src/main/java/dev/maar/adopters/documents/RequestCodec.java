package dev.maar.adopters.documents;

import dev.maar.transport.Codec;
import java.nio.ByteBuffer;

/** Requests as 24 bytes and the text. Stateless. */
final class RequestCodec implements Codec<Request> {

    private static final int HEADER = 4 * Integer.BYTES + Long.BYTES;

    @Override
    public int size(final Request message) {
        return HEADER + Texts.size(message.text());
    }

    @Override
    public void encode(final Request message, final ByteBuffer into) {
        into.putInt(message.client())
                .putInt(message.team())
                .putLong(message.number())
                .putInt(message.row())
                .putInt(message.revision());
        Texts.put(message.text(), into);
    }

    @Override
    public Request decode(final ByteBuffer from) {
        return new Request(from.getInt(), from.getInt(), from.getLong(), from.getInt(), from.getInt(), Texts.get(from));
    }
}
