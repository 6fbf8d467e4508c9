package dev.maar.agent.stats;

import dev.maar.agent.job.PairOutcome;
import dev.maar.agent.job.SideName;
import dev.maar.agent.job.Slice;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** The value of one live pair: d = median over its rounds of ln(b/a), of a percentile ln(b/a) over all rounds together. Stateless. */
public final class PairEffect {

    private PairEffect() {}

    /**
     * The effect of side b against side a in one pair.
     *
     * @param metric what to read
     * @param measured the pair
     * @return the effect; empty when the metric is not known on both sides
     * @throws IllegalArgumentException when a round has two slices of one side
     */
    public static OptionalDouble of(final Metric metric, final PairOutcome.Measured measured) {
        final OptionalDouble a = metric.read(measured.notes().a());
        final OptionalDouble b = metric.read(measured.notes().b());
        if (a.isEmpty() || b.isEmpty()) {
            return of(metric, measured.slices());
        }
        final double least = metric.resolution();
        return OptionalDouble.of(Math.log(Math.max(least, b.getAsDouble()) / Math.max(least, a.getAsDouble())));
    }

    /**
     * The effect of side b against side a in one pair, from its slices alone.
     *
     * <p>A round counts when both its slices know the metric. Values under the metric's resolution count as the resolution
     * ({@link Metric} says why), so an effect is always finite.
     *
     * @param metric what to read from the slices
     * @param slices the pair's slices in any order, at most one of each side in a round
     * @return the effect; empty when no round has the metric on both sides
     * @throws IllegalArgumentException when a round has two slices of one side
     */
    public static OptionalDouble of(final Metric metric, final List<Slice> slices) {
        final Map<Integer, double[]> rounds = new TreeMap<>();
        for (final Slice slice : slices) {
            final double[] values =
                    rounds.computeIfAbsent(slice.round(), round -> new double[] {Double.NaN, Double.NaN});
            final int side = slice.side() == SideName.A ? 0 : 1;
            if (!Double.isNaN(values[side])) {
                throw new IllegalArgumentException("round " + slice.round() + " has two slices of side "
                        + slice.side().label() + "; a round is one slice a side");
            }
            metric.of(slice).ifPresent(value -> values[side] = Math.max(value, metric.resolution()));
        }
        final double[] effects = rounds.values().stream()
                .mapToDouble(values -> Math.log(values[1] / values[0]))
                .filter(Double::isFinite)
                .toArray();
        return effects.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(median(effects));
    }

    private static double median(final double[] values) {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        return WalshAverages.medianOfSorted(sorted);
    }
}
