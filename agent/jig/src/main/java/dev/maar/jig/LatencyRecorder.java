package dev.maar.jig;

import java.util.Arrays;

/**
 * Counts durations in buckets that are made once: recording one takes a few nanoseconds and allocates nothing. Up to 255 ns each nanosecond has a
 * bucket of its own, above that each doubling has 128. Durations from 2^40 ns (18 minutes) on count as the longest. For one thread at a time.
 */
public final class LatencyRecorder {

    private static final int BITS = 7;
    private static final int PER_DOUBLING = 1 << BITS;
    private static final long LONGEST = (1L << 40) - 1;

    private final long[] counts = new long[bucket(LONGEST) + 1];

    /**
     * Counts one operation.
     *
     * @param nanoseconds how long it took; less than nothing, as a clock may say, counts as nothing
     */
    public void record(final long nanoseconds) {
        record(nanoseconds, 1);
    }

    /**
     * Counts operations that took as long.
     *
     * @param nanoseconds how long each took
     * @param operations how many, at least 0
     */
    public void record(final long nanoseconds, final long operations) {
        counts[bucket(Math.max(0, Math.min(LONGEST, nanoseconds)))] += operations;
    }

    /**
     * What was recorded since the last call, and forgets it.
     *
     * @return the latencies
     */
    public Latencies drain() {
        int used = 0;
        for (final long count : counts) {
            used += count > 0 ? 1 : 0;
        }
        final long[] nanoseconds = new long[used];
        final long[] operations = new long[used];
        int next = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            if (counts[bucket] > 0) {
                nanoseconds[next] = middle(bucket);
                operations[next++] = counts[bucket];
            }
        }
        Arrays.fill(counts, 0);
        return used == 0 ? Latencies.NONE : new Latencies(nanoseconds, operations);
    }

    /** The bucket's leading bits tell the doubling, its last 7 the place in it; the first doublings are exact. */
    private static int bucket(final long nanoseconds) {
        final int shift = Math.max(0, Long.SIZE - 1 - BITS - Long.numberOfLeadingZeros(nanoseconds | 1));
        return shift * PER_DOUBLING + (int) (nanoseconds >>> shift);
    }

    private static long middle(final int bucket) {
        final int shift = Math.max(0, bucket / PER_DOUBLING - 1);
        final long first = (long) (bucket - shift * PER_DOUBLING) << shift;
        return first + (1L << shift >> 1);
    }
}
