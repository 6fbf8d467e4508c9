package dev.maar.transport.tcp;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * What goes through a socket. The sender greets with {@link #MAGIC} and the link's token; the receiver answers with the
 * position (8 bytes) from which it wants the log. Then the sender sends blocks: a length (4 bytes) and that many bytes of
 * the log, which are whole frames of one term, or the header alone of one padding frame. A length of
 * {@link #KEEP_ALIVE} or {@link #END} stands by itself. The receiver sends positions (8 bytes) up to which its readers
 * have finished. Numbers of this protocol are big-endian, frames are as Aeron lays them out.
 */
final class Wire {

    static final long MAGIC = java.nio.ByteBuffer.wrap("MAARTCP1".getBytes(StandardCharsets.US_ASCII))
            .getLong();
    static final int TOKEN_LENGTH = 16;
    static final int GREETING_LENGTH = Long.BYTES + TOKEN_LENGTH;
    static final int MAX_BLOCK_LENGTH = 128 << 10;
    static final int KEEP_ALIVE = 0;
    static final int END = -1;

    /** How often either side says something at the least. */
    static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** After how much silence the other side counts as dead: well above the time a process may be frozen. */
    static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(6);

    private Wire() {}
}
