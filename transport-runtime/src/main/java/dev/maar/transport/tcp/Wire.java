package dev.maar.transport.tcp;

import dev.maar.transport.aeron.LogGeometry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * What goes through a socket.
 *
 * <ol>
 *   <li>The sender greets with {@link #MAGIC}, the link's name and a number used once.
 *   <li>The receiver answers with a number used once.
 *   <li>The sender says which log it brings, and proves with the link's key that it has said all this.
 *   <li>The receiver says from which position (8 bytes) it wants the log, and proves it likewise.
 * </ol>
 *
 * Then the sender sends the log's frames as they are, aligned, of padding frames the header alone; instead of a frame's
 * length (4 bytes), {@link #KEEP_ALIVE} or {@link #END} stands by itself. The receiver sends positions (8 bytes) up to
 * which its readers have finished, and at last {@link #BYE}, when it has everything up to the end. Numbers of this
 * protocol are big-endian, but for what stands in place of a frame; frames are as Aeron lays them out. What follows the
 * proofs is neither encrypted nor signed.
 */
final class Wire {

    static final long MAGIC =
            ByteBuffer.wrap("MAARTCP2".getBytes(StandardCharsets.US_ASCII)).getLong();
    static final int TOKEN_LENGTH = 32;
    static final int NONCE_LENGTH = 32;
    static final int HELLO_LENGTH = Long.BYTES + LinkKey.NAME_LENGTH + NONCE_LENGTH;
    static final int CLAIM_LENGTH = 5 * Integer.BYTES + 2 * Long.BYTES;
    static final int WELCOME_LENGTH = Long.BYTES;

    /** Everything that is said before the streaming, without the proofs. */
    static final int GREETINGS_LENGTH = HELLO_LENGTH + NONCE_LENGTH + CLAIM_LENGTH + WELCOME_LENGTH;

    static final int KEEP_ALIVE = 0;
    static final int END = -1;
    static final long BYE = -1;

    /** How long greetings may take. */
    static final long GREETING_NANOS = TimeUnit.SECONDS.toNanos(5);

    /**
     * Which log a sender brings.
     *
     * @param geometry its shape
     * @param bound how many messages may be in flight
     * @param position from where it can be had
     * @param sequence the number of the first message behind that position
     */
    record Claim(LogGeometry geometry, int bound, long position, long sequence) {

        void write(final ByteBuffer into) {
            into.putInt(geometry.streamId())
                    .putInt(geometry.termLength())
                    .putInt(geometry.mtu())
                    .putInt(geometry.initialTermId())
                    .putInt(bound)
                    .putLong(position)
                    .putLong(sequence);
        }

        static Claim read(final ByteBuffer from) {
            return new Claim(
                    new LogGeometry(from.getInt(), from.getInt(), from.getInt(), from.getInt()),
                    from.getInt(),
                    from.getLong(),
                    from.getLong());
        }
    }

    private Wire() {}
}
