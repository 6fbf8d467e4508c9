package dev.maar.transport;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Strings as UTF-8. */
final class TextCodec implements Codec<String> {

    @Override
    public int size(final String message) {
        return message.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public void encode(final String message, final ByteBuffer into) {
        into.put(message.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String decode(final ByteBuffer from) {
        return StandardCharsets.UTF_8.decode(from).toString();
    }
}
