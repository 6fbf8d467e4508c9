package dev.maar.adopters.documents;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Texts at the end of a message: two bytes for each character, up to the message's end. */
final class Texts {

    private Texts() {}

    static int size(final String text) {
        return text.length() * Character.BYTES;
    }

    static void put(final String text, final ByteBuffer into) {
        for (int i = 0; i < text.length(); i++) {
            into.putChar(text.charAt(i));
        }
    }

    static String get(final ByteBuffer from) {
        final byte[] bytes = new byte[from.remaining()];
        from.get(bytes);
        return new String(bytes, StandardCharsets.UTF_16BE);
    }
}
