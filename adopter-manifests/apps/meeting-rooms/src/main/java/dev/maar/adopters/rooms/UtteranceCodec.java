package dev.maar.adopters.rooms;

import dev.maar.transport.Codec;
import java.nio.ByteBuffer;

/** Utterances as 20 bytes: person, number, sound. Stateless. */
final class UtteranceCodec implements Codec<Utterance> {

    @Override
    public int size(final Utterance message) {
        return Integer.BYTES + 2 * Long.BYTES;
    }

    @Override
    public void encode(final Utterance message, final ByteBuffer into) {
        into.putInt(message.person()).putLong(message.number()).putLong(message.sound());
    }

    @Override
    public Utterance decode(final ByteBuffer from) {
        return new Utterance(from.getInt(), from.getLong(), from.getLong());
    }
}
