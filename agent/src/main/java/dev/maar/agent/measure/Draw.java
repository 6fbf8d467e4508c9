package dev.maar.agent.measure;

import dev.maar.agent.job.SideName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Numbers drawn from SHA-256 in counter mode: block i is SHA-256(key, i) with the key SHA-256 of the words, each preceded by its
 * length. Chosen over a random generator of the JDK because its stream is defined by nothing but SHA-256. For one thread.
 */
final class Draw {

    private final byte[] key;
    private ByteBuffer block = ByteBuffer.allocate(0);
    private long counter;

    Draw(final String... words) {
        final MessageDigest digest = sha256();
        for (final String word : words) {
            final byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            digest.update(bytes);
        }
        key = digest.digest();
    }

    /** Either side, each as likely. */
    SideName side() {
        return below(2) == 0 ? SideName.A : SideName.B;
    }

    /** A number from 0 to below the bound, each as likely: values of the last, incomplete stretch are drawn again. */
    int below(final int bound) {
        final long range = 1L << Integer.SIZE;
        final long limit = range - range % bound;
        while (true) {
            final long value = next();
            if (value < limit) {
                return (int) (value % bound);
            }
        }
    }

    private long next() {
        if (block.remaining() < Integer.BYTES) {
            final MessageDigest digest = sha256();
            digest.update(key);
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(counter++).array());
            block = ByteBuffer.wrap(digest.digest());
        }
        return Integer.toUnsignedLong(block.getInt());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
