package dev.maar.adopters.hotpath;

import java.nio.ByteBuffer;
import java.util.Random;

/** Messages made beforehand, a few different ones of each kind in turn, so that a wrong one shows. Immutable. */
final class Payloads {

    private static final int KINDS = 16;

    private final ByteBuffer[] pings;
    private final ByteBuffer[] pongs;

    /**
     * Random messages.
     *
     * @param bytes the length of each
     * @param seed what they are made from
     */
    Payloads(final int bytes, final long seed) {
        final Random random = new Random(seed);
        pings = payloads(bytes, random);
        pongs = payloads(bytes, random);
    }

    private static ByteBuffer[] payloads(final int bytes, final Random random) {
        final ByteBuffer[] payloads = new ByteBuffer[KINDS];
        for (int i = 0; i < KINDS; i++) {
            final byte[] content = new byte[bytes];
            random.nextBytes(content);
            payloads[i] = ByteBuffer.wrap(content);
        }
        return payloads;
    }

    ByteBuffer ping(final long trip) {
        return pings[(int) trip & KINDS - 1];
    }

    ByteBuffer pong(final long trip) {
        return pongs[(int) trip & KINDS - 1];
    }
}
