package dev.maar.agent.stats;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.hipparchus.stat.descriptive.rank.Percentile;

/**
 * The practical threshold m of a metric on an agent, from cells measured A/A there: max(floor, 1.3 x the 95th percentile of |HL|). Stateless.
 */
public final class Calibration {

    private Calibration() {}

    private static final int RESAMPLES = 1_000;

    /** Any will do, as long as the same pairs always give the same threshold. */
    private static final long SEED = 20_260_101L;

    /**
     * The threshold from the pairs of one case, measured with equal sides. Cells of the size that is asked for are drawn from them, with
     * replacement: what 95 % of these stay under is what noise does to such a cell. A tendency of all pairs to one side stays in it.
     *
     * <p>With fewer pairs than the rules ask for cells, the threshold is never under the uncalibrated one.
     *
     * @param metric the metric
     * @param effects the pairs' effects, as ln(b/a); may be empty
     * @param pairs how many pairs the threshold is for
     * @param rules the factor, the percentile and how much it takes
     * @return m, as ln(b/a)
     */
    public static double ofPairs(
            final Metric metric, final double[] effects, final int pairs, final MeasuringRules rules) {
        if (effects.length == 0) {
            return metric.uncalibrated();
        }
        final SplittableRandom random = new SplittableRandom(SEED);
        final double[] controls = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            controls[i] = HodgesLehmann.of(random.ints(pairs, 0, effects.length)
                    .mapToDouble(index -> effects[index])
                    .toArray());
        }
        final double threshold = threshold(metric, controls, rules);
        return effects.length < rules.calibrationCells() ? Math.max(metric.uncalibrated(), threshold) : threshold;
    }

    /**
     * The threshold.
     *
     * <p>The percentile is at position p(n+1), which for fewer than 20 cells is the largest. With fewer cells than the rules ask for, the threshold is
     * never under the uncalibrated one: a few lucky cells are no licence for a low threshold.
     *
     * @param metric the metric
     * @param controls the estimates (HL, as ln(b/a)) of A/A cells at the number of pairs that the threshold is for; may be empty
     * @param rules the factor, the percentile and how many cells it takes
     * @return m, as ln(b/a)
     */
    public static double threshold(final Metric metric, final double[] controls, final MeasuringRules rules) {
        final double least = controls.length < rules.calibrationCells() ? metric.uncalibrated() : metric.floor();
        if (controls.length == 0) {
            return least;
        }
        final double noise = new Percentile(rules.calibrationQuantile() * 100)
                .evaluate(Arrays.stream(controls).map(Math::abs).toArray());
        return Math.max(least, rules.calibrationFactor() * noise);
    }
}
