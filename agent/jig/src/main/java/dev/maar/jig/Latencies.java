package dev.maar.jig;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long single operations took, as counts by duration: durations that are less than 1 % apart are counted together, under the middle of
 * their bucket, so that any number of operations fits into little memory. {@link LatencyRecorder} fills it. Immutable.
 */
public final class Latencies {

    /** No latencies: the jig does not record them. */
    public static final Latencies NONE = new Latencies(new long[0], new long[0]);

    private final long[] nanoseconds;
    private final long[] counts;

    /** Takes the arrays as they are: ascending durations, and as many counts, each at least 1. */
    Latencies(final long[] nanoseconds, final long[] counts) {
        this.nanoseconds = nanoseconds;
        this.counts = counts;
    }

    /**
     * Latencies from single durations.
     *
     * @param nanoseconds the durations, in any order
     * @param count how many of them count, from the start
     * @return the latencies
     */
    public static Latencies of(final long[] nanoseconds, final int count) {
        final LatencyRecorder recorder = new LatencyRecorder();
        for (int i = 0; i < count; i++) {
            recorder.record(nanoseconds[i]);
        }
        return recorder.drain();
    }

    /**
     * How many operations were timed.
     *
     * @return the count
     */
    public long count() {
        long sum = 0;
        for (final long count : counts) {
            sum += count;
        }
        return sum;
    }

    /**
     * The counts.
     *
     * @return how many operations took so many nanoseconds, ascending; a new map
     */
    public Map<Long, Long> byNanoseconds() {
        final Map<Long, Long> byNanoseconds = new LinkedHashMap<>();
        for (int i = 0; i < counts.length; i++) {
            byNanoseconds.put(nanoseconds[i], counts[i]);
        }
        return byNanoseconds;
    }
}
