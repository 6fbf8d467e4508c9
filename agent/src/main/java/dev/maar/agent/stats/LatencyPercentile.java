package dev.maar.agent.stats;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;

/** Percentiles of counted durations. Stateless. */
public final class LatencyPercentile {

    private LatencyPercentile() {}

    /**
     * The duration that a share of the operations did not exceed.
     *
     * <p>Between the counted durations it is interpolated, as if the operations counted at one were spread evenly over the way from the one before: so
     * that a change of less than the width of a bucket shows.
     *
     * @param latencyNs how many operations took so many nanoseconds
     * @param share the share, above 0 and below 1
     * @param leastBeyond how many operations there must be on the shorter side of the percentile for it to be known
     * @return nanoseconds; empty when there are too few operations
     */
    public static OptionalDouble of(final SortedMap<Long, Long> latencyNs, final double share, final int leastBeyond) {
        final long count =
                latencyNs.values().stream().mapToLong(Long::longValue).sum();
        if (count == 0 || count * Math.min(share, 1 - share) < leastBeyond) {
            return OptionalDouble.empty();
        }
        final double wanted = share * count;
        long before = 0;
        double last = Double.NaN;
        for (final Map.Entry<Long, Long> counted : latencyNs.entrySet()) {
            final double nanoseconds = counted.getKey();
            if (before + counted.getValue() >= wanted) {
                final double from = Double.isNaN(last) ? nanoseconds : last;
                return OptionalDouble.of(from + (nanoseconds - from) * (wanted - before) / counted.getValue());
            }
            before += counted.getValue();
            last = nanoseconds;
        }
        return OptionalDouble.of(last);
    }
}
