package dev.maar.agent.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LatencyPercentileTest {

    @Property(tries = 300)
    void isBetweenTheOrderStatisticsAroundIt(
            @ForAll @Size(min = 1, max = 60) final List<@LongRange(min = 0, max = 1_000) Long> values,
            @ForAll @DoubleRange(min = 0.01, max = 0.99) final double share) {
        final SortedMap<Long, Long> counts = new TreeMap<>();
        values.forEach(value -> counts.merge(value, 1L, Long::sum));
        final long[] sorted =
                values.stream().mapToLong(Long::longValue).sorted().toArray();
        final int rank = Math.max(1, (int) Math.ceil(share * sorted.length - 1e-9));
        final long at = sorted[rank - 1];
        final long below =
                Arrays.stream(sorted).filter(value -> value < at).max().orElse(at);

        final double percentile = LatencyPercentile.of(counts, share, 0).orElseThrow();

        assertThat(percentile).isBetween(below - 1e-9, at + 1e-9);
    }

    @Test
    void aShiftOfAFewOperationsWithinABucketShows() {
        final double before = p50(Map.of(100L, 4_900L, 101L, 5_100L));
        final double after = p50(Map.of(100L, 4_800L, 101L, 5_200L));

        assertThat(before).isCloseTo(100 + 100 / 5_100.0, within(1e-9));
        assertThat(after).isGreaterThan(before);
    }

    @Test
    void tooFewOperationsBeyondItLeaveItUnknown() {
        final SortedMap<Long, Long> counts = new TreeMap<>(Map.of(5L, 1_000L));

        assertThat(LatencyPercentile.of(counts, 0.99, 10)).hasValue(5);
        assertThat(LatencyPercentile.of(counts, 0.999, 10)).isEmpty();
        assertThat(LatencyPercentile.of(new TreeMap<>(), 0.5, 0)).isEmpty();
    }

    private static double p50(final Map<Long, Long> counts) {
        return LatencyPercentile.of(new TreeMap<>(counts), 0.5, 10).orElseThrow();
    }
}
