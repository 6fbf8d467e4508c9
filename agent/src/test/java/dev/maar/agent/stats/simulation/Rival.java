package dev.maar.agent.stats.simulation;

import dev.maar.agent.job.SideName;
import dev.maar.agent.job.Slice;
import java.util.List;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.descriptive.DescriptiveStatistics;
import org.hipparchus.stat.descriptive.rank.Median;
import org.hipparchus.stat.inference.MannWhitneyUTest;

/** Other ways to decide, on the slices of the same live pairs. Each says whether it calls side b a regression. */
enum Rival {
    /** ezmsg's: the median over 6 rounds of the paired delta is above zero. */
    SIGN_OF_MEDIAN("sign of the median, 6 rounds") {
        @Override
        boolean regressed(final List<List<Slice>> pairs) {
            return medianDelta(pairs) > 0;
        }
    },
    /** The same with a margin. */
    MEDIAN_BEYOND_THREE_PERCENT("median beyond 3 %, 6 rounds") {
        @Override
        boolean regressed(final List<List<Slice>> pairs) {
            return medianDelta(pairs) > 0.03;
        }
    },
    /** benchstat's: Mann-Whitney over all iterations of all processes, p at most 0.05. */
    POOLED_MANN_WHITNEY("pooled Mann-Whitney") {
        @Override
        boolean regressed(final List<List<Slice>> pairs) {
            final double[] a = times(pairs, SideName.A);
            final double[] b = times(pairs, SideName.B);
            return median(b) > median(a) && new MannWhitneyUTest().mannWhitneyUTest(a, b) <= 0.05;
        }
    },
    /** JMH's: the 99.9 % intervals of the two means, Student's t over all iterations of all processes, do not overlap. */
    INTERVAL_OVERLAP("JMH's interval overlap") {
        @Override
        boolean regressed(final List<List<Slice>> pairs) {
            final DescriptiveStatistics a = new DescriptiveStatistics(times(pairs, SideName.A));
            final DescriptiveStatistics b = new DescriptiveStatistics(times(pairs, SideName.B));
            return b.getMean() - error(b) > a.getMean() + error(a);
        }
    };

    /** How many pairs the pooling rules are shown. */
    static final int PAIRS = 16;

    private static final int ROUNDS = 6;

    private final String title;

    Rival(final String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Whether it calls a regression, on {@link #PAIRS} pairs. */
    abstract boolean regressed(List<List<Slice>> pairs);

    private static double medianDelta(final List<List<Slice>> pairs) {
        return median(pairs.stream()
                .limit(ROUNDS)
                .mapToDouble(
                        pair -> median(times(List.of(pair), SideName.B)) / median(times(List.of(pair), SideName.A)) - 1)
                .toArray());
    }

    private static double error(final DescriptiveStatistics sample) {
        final double quantile = new TDistribution(sample.getN() - 1).inverseCumulativeProbability(0.9995);
        return quantile * sample.getStandardDeviation() / Math.sqrt((double) sample.getN());
    }

    private static double median(final double[] values) {
        return new Median().evaluate(values);
    }

    private static double[] times(final List<List<Slice>> pairs, final SideName side) {
        return pairs.stream()
                .flatMap(List::stream)
                .filter(slice -> slice.side() == side)
                .mapToDouble(Slice::nanos)
                .toArray();
    }
}
