package dev.maar.adopters.documents;

import dev.maar.transport.Codec;
import java.nio.ByteBuffer;

/** Answers as 21 bytes and the row's text. Stateless. */
final class AnswerCodec implements Codec<Answer> {

    private static final int HEADER = 3 * Integer.BYTES + Long.BYTES + Byte.BYTES;
    private static final Answer.Outcome[] OUTCOMES = Answer.Outcome.values();

    @Override
    public int size(final Answer message) {
        return HEADER + Texts.size(message.row().text());
    }

    @Override
    public void encode(final Answer message, final ByteBuffer into) {
        into.putInt(message.client())
                .putLong(message.number())
                .put((byte) message.outcome().ordinal())
                .putInt(message.row().id())
                .putInt(message.row().revision());
        Texts.put(message.row().text(), into);
    }

    @Override
    public Answer decode(final ByteBuffer from) {
        return new Answer(
                from.getInt(),
                from.getLong(),
                OUTCOMES[from.get()],
                new Row(from.getInt(), from.getInt(), Texts.get(from)));
    }
}
