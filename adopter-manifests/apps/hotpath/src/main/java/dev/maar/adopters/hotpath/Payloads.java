package dev.maar.adopters.hotpath;

import java.nio.ByteBuffer;
import java.util.Random;

/** Messages made beforehand, a few different ones in turn, so that a wrong one shows. Immutable. */
final class Payloads {

    private static final int KINDS = 16;

    private final ByteBuffer[] payloads = new ByteBuffer[KINDS];

    /**
     * Random messages.
     *
     * @param bytes the length of each
     * @param seed what they are made from
     */
    Payloads(final int bytes, final long seed) {
        final Random random = new Random(seed);
        for (int i = 0; i < KINDS; i++) {
            final byte[] content = new byte[bytes];
            random.nextBytes(content);
            payloads[i] = ByteBuffer.wrap(content);
        }
    }

    /** The message of a number. */
    ByteBuffer of(final long number) {
        return payloads[(int) number & KINDS - 1];
    }
}
