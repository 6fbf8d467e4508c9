package dev.maar.agent.measure;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A fixed piece of work, timed again and again: when it takes longer than it used to, the machine has become slower, whatever its
 * counters say (a lower clock, a neighbour on the same physical core). For one thread.
 */
final class Canary {

    /** The least of so many pieces is a reading: an interrupt or a moment without a core lengthens one, a slower machine all. */
    private static final int PIECES = 7;

    /** A piece takes about half a millisecond. */
    private static final int STEPS = 250_000;

    /** What is usual is the median of so many readings: a machine that stays slower is usual after half as many. */
    private static final int KEPT = 31;

    /** Until the piece is compiled, and there is something to compare with. */
    private static final int FIRST_READINGS = 9;

    private final Deque<Long> readings = new ArrayDeque<>();
    private long state = 0x9E3779B97F4A7C15L;

    /** A canary that knows how this machine is now. Takes some 40 ms. */
    Canary() {
        for (int i = 0; i < FIRST_READINGS; i++) {
            reading();
        }
        for (int i = 0; i < FIRST_READINGS; i++) {
            keep(reading());
        }
    }

    /** By how much longer than usual the work takes now: 0.05 is 5 % longer. Takes some 4 ms. */
    double look() {
        final long reading = reading();
        final double usual = usual();
        keep(reading);
        return reading / usual - 1;
    }

    private double usual() {
        final long[] sorted =
                readings.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private void keep(final long reading) {
        if (readings.size() == KEPT) {
            readings.removeFirst();
        }
        readings.addLast(reading);
    }

    private long reading() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < PIECES; i++) {
            final long start = System.nanoTime();
            state = piece(state);
            least = Math.min(least, System.nanoTime() - start);
        }
        return Math.max(1, least);
    }

    /** Each step needs the one before it, so that nothing but the core's speed decides how long they take. */
    private static long piece(final long from) {
        long value = from;
        for (int i = 0; i < STEPS; i++) {
            value ^= value << 13;
            value ^= value >>> 7;
            value ^= value << 17;
        }
        return value;
    }
}
