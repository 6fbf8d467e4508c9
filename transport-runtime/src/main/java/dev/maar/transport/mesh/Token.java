package dev.maar.transport.mesh;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;

/** Bytes that nobody can guess; compared in constant time and never printed. Immutable. */
public final class Token {

    /** The longest token: {@value} bytes. */
    public static final int MAX_LENGTH = 64;

    /** No token. */
    public static final Token NONE = new Token(new byte[0]);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] bytes;

    private Token(final byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A token of given bytes.
     *
     * @param bytes at most {@value #MAX_LENGTH}
     * @return the token
     */
    public static Token of(final byte[] bytes) {
        if (bytes.length > MAX_LENGTH) {
            throw new IllegalArgumentException("a token has at most " + MAX_LENGTH + " bytes, not " + bytes.length);
        }
        return new Token(bytes.clone());
    }

    /**
     * A new token.
     *
     * @param length in bytes, at most {@value #MAX_LENGTH}
     * @return the token
     */
    public static Token random(final int length) {
        final byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return of(bytes);
    }

    /**
     * A copy of the bytes.
     *
     * @return the bytes
     */
    public byte[] bytes() {
        return bytes.clone();
    }

    void write(final ByteBuffer into) {
        into.put((byte) bytes.length).put(bytes);
    }

    static Token read(final ByteBuffer from) {
        final int length = from.get();
        if (length < 0 || length > Math.min(MAX_LENGTH, from.remaining())) {
            throw new IllegalArgumentException("a token of " + length + " bytes");
        }
        final byte[] bytes = new byte[length];
        from.get(bytes);
        return new Token(bytes);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Token && MessageDigest.isEqual(bytes, ((Token) other).bytes);
    }

    @Override
    public int hashCode() {
        return bytes.length;
    }

    @Override
    public String toString() {
        return "token of " + bytes.length + " bytes";
    }
}
