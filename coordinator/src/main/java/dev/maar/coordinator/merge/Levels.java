package dev.maar.coordinator.merge;

import dev.maar.agent.job.PairObservation;
import dev.maar.agent.job.PairOutcome;
import dev.maar.agent.job.SideName;
import dev.maar.agent.stats.Metric;
import dev.maar.coordinator.report.AdopterReport;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.hipparchus.stat.descriptive.moment.StandardDeviation;
import org.hipparchus.stat.descriptive.rank.Median;

/** The level of a metric on one side: the median over its forks, each by the median over its slices or, for a percentile, by all its operations. Pure functions. */
final class Levels {

    private Levels() {}

    static AdopterReport.Level of(final Metric metric, final SideName side, final List<PairObservation> pairs) {
        final double[] forks = pairs.stream()
                .map(pair -> fork(metric, side, pair))
                .flatMapToDouble(OptionalDouble::stream)
                .toArray();
        if (forks.length == 0) {
            return AdopterReport.Level.NONE;
        }
        final double mean = Arrays.stream(forks).average().orElse(Double.NaN);
        final double cv = forks.length < 2 || mean == 0 ? Double.NaN : new StandardDeviation().evaluate(forks) / mean;
        return new AdopterReport.Level(new Median().evaluate(forks), cv);
    }

    private static OptionalDouble fork(final Metric metric, final SideName side, final PairObservation pair) {
        if (!(pair.outcome() instanceof final PairOutcome.Measured measured)) {
            return OptionalDouble.empty();
        }
        return metric.of(measured, side);
    }
}
