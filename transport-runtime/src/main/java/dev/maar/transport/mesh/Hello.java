package dev.maar.transport.mesh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The first frame of either side.
 *
 * @param id of the sender
 * @param nonce what the other side's proof has to contain
 */
record Hello(UUID id, Token nonce) {

    static final int VERSION = 1;
    private static final byte[] MAGIC = "MAARMESH".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE_LENGTH = 32;
    private static final int LENGTH = MAGIC.length + Integer.BYTES + 2 * Long.BYTES + NONCE_LENGTH;

    static Hello from(final UUID id) {
        return new Hello(id, Token.random(NONCE_LENGTH));
    }

    byte[] bytes() {
        return ByteBuffer.allocate(LENGTH)
                .put(MAGIC)
                .putInt(VERSION)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put(nonce.bytes())
                .array();
    }

    /** Anyone may have sent this. */
    static Hello read(final ByteBuffer from) throws IOException {
        if (from.remaining() < MAGIC.length + Integer.BYTES) {
            throw new IOException("it does not speak this protocol");
        }
        final byte[] magic = new byte[MAGIC.length];
        from.get(magic);
        if (!java.util.Arrays.equals(magic, MAGIC)) {
            throw new IOException("it does not speak this protocol");
        }
        final int version = from.getInt();
        if (version != VERSION) {
            throw new IOException("it speaks version " + version + " of the protocol, this runtime version " + VERSION
                    + ": use the same release on both sides");
        }
        if (from.remaining() != LENGTH - MAGIC.length - Integer.BYTES) {
            throw new IOException("its greeting is broken");
        }
        final UUID id = new UUID(from.getLong(), from.getLong());
        final byte[] nonce = new byte[NONCE_LENGTH];
        from.get(nonce);
        return new Hello(id, Token.of(nonce));
    }
}
