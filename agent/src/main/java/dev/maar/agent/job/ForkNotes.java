package dev.maar.agent.job;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known of one fork beside its slices.
 *
 * @param startUpNanos from its start until its first operation was done; -1 when not known, as for the side of a pair that had to wait for the other
 * @param peakMemoryBytes the most memory that its processes had resident, each at its own peak; -1 when not known
 * @param latencyNs how many of its measured operations took so many nanoseconds, ascending; empty when the jig records no latencies
 */
public record ForkNotes(long startUpNanos, long peakMemoryBytes, SortedMap<Long, Long> latencyNs) {

    /** Nothing is known. */
    public static final ForkNotes NONE = new ForkNotes(-1, -1, Collections.emptySortedMap());

    /** Copies the map. */
    public ForkNotes {
        latencyNs = Collections.unmodifiableSortedMap(new TreeMap<>(latencyNs));
    }

    /**
     * Notes of nothing but latencies.
     *
     * @param latencyNs how many operations took so many nanoseconds
     * @return the notes
     */
    public static ForkNotes ofLatencies(final Map<Long, Long> latencyNs) {
        return new ForkNotes(-1, -1, new TreeMap<>(latencyNs));
    }
}
