package dev.maar.agent.stats;

import java.util.Arrays;
import org.hipparchus.stat.descriptive.rank.Percentile;

/**
 * The practical threshold m of a metric on an agent, from cells measured A/A there: max(floor, 1.3 x the 95th percentile of |HL|). Stateless.
 */
public final class Calibration {

    private Calibration() {}

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
