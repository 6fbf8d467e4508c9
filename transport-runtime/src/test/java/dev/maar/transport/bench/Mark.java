package dev.maar.transport.bench;

import java.nio.ByteBuffer;

/** The first byte of a message: what the far end does with it. */
enum Mark {
    /** Nothing. */
    STREAM,
    /** Sends a message back. */
    ANSWER;

    byte code() {
        return (byte) ordinal();
    }

    boolean is(final byte code) {
        return code == ordinal();
    }

    /** One prebuilt message for each mark; they are never changed, so they may be sent again at once. */
    static ByteBuffer[] messages(final int size) {
        final ByteBuffer[] messages = new ByteBuffer[values().length];
        for (final Mark mark : values()) {
            messages[mark.ordinal()] = ByteBuffer.allocateDirect(size).put(0, mark.code());
        }
        return messages;
    }
}
