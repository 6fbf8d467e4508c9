package dev.maar.adopters.hotpath;

import dev.maar.transport.Delivery;
import dev.maar.transport.Transport;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;

/** What has arrived at both ends: how many messages, by what, and a checksum that depends on their order. */
final class Score {

    private static final long PRIME = 0x100000001b3L;
    /** The most words of a message that go into the checksum: long messages should not be measured by reading them. */
    private static final int WORDS = 8;

    private final Set<Transport> carriers = EnumSet.noneOf(Transport.class);
    private long messages;
    private long checksum;

    /** Takes down a message: its length, words spread evenly over it, and its last byte. */
    void arrived(final ByteBuffer message, final Delivery delivery) {
        carriers.add(delivery.transport());
        messages++;
        final int from = message.position();
        final int length = message.remaining();
        final int words = length / Long.BYTES;
        final int stride = Math.max(1, words / WORDS) * Long.BYTES;
        long sum = (checksum ^ length) * PRIME;
        for (int at = 0; at + Long.BYTES <= length; at += stride) {
            sum = (sum ^ message.getLong(from + at)) * PRIME;
        }
        if (length > 0) {
            sum = (sum ^ message.get(from + length - 1)) * PRIME;
        }
        checksum = sum;
    }

    Set<Transport> carriers() {
        return EnumSet.copyOf(carriers);
    }

    long messages() {
        return messages;
    }

    long checksum() {
        return checksum;
    }
}
