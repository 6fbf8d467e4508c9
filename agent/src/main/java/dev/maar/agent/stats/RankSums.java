package dev.maar.agent.stats;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * The distribution of the sum of those ranks whose difference is positive, when each sign is an even coin. Exact, by dynamic programming over the
 * doubled ranks (mid-ranks are halves), as long as asked to; otherwise normal with the same mean and variance and a continuity correction of
 * one half. Strata need no convolution of their own: the coin of a rank does not care which stratum the rank is of. Immutable.
 */
final class RankSums {

    private static final NormalDistribution NORMAL = new NormalDistribution();

    private final double[] probabilities;
    private final double mean;
    private final double deviation;

    private RankSums(final double[] probabilities, final double mean, final double deviation) {
        this.probabilities = probabilities;
        this.mean = mean;
        this.deviation = deviation;
    }

    /**
     * The distribution over some ranks.
     *
     * @param doubledRanks each rank times two
     * @param exact whether to count it out
     * @return the distribution
     */
    static RankSums over(final int[] doubledRanks, final boolean exact) {
        final double mean = Arrays.stream(doubledRanks).asDoubleStream().sum() / 4;
        final double variance = Arrays.stream(doubledRanks)
                .mapToDouble(rank -> rank / 4.0 * rank / 4.0)
                .sum();
        return new RankSums(exact ? counted(doubledRanks) : new double[0], mean, Math.sqrt(variance));
    }

    private static double[] counted(final int[] doubledRanks) {
        final double[] probabilities = new double[Arrays.stream(doubledRanks).sum() + 1];
        probabilities[0] = 1;
        int highest = 0;
        for (final int rank : doubledRanks) {
            highest += rank;
            for (int sum = highest; sum >= 0; sum--) {
                probabilities[sum] = (probabilities[sum] + (sum >= rank ? probabilities[sum - rank] : 0)) / 2;
            }
        }
        return probabilities;
    }

    /** P(W <= sum); adds up the lower tail, so small probabilities keep their digits. */
    double atMost(final double sum) {
        if (isExact()) {
            return Math.min(
                    1, Arrays.stream(probabilities, 0, (int) (2 * sum) + 1).sum());
        }
        return NORMAL.cumulativeProbability((sum + 0.5 - mean) / deviation);
    }

    /** P(W >= sum), which is P(W <= mirrored sum), as the distribution is symmetric. */
    double atLeast(final double sum) {
        return atMost(2 * mean - sum);
    }

    /** The smallest whole number q with P(W <= q) >= tail, but at least 1. */
    int quantile(final double tail) {
        if (!isExact()) {
            return Math.max(1, (int) Math.ceil(mean - 0.5 + deviation * NORMAL.inverseCumulativeProbability(tail)));
        }
        int quantile = 0;
        double below = probabilities[0];
        while (below < tail) {
            quantile++;
            below += probabilities[2 * quantile - 1] + probabilities[2 * quantile];
        }
        return Math.max(1, quantile);
    }

    private boolean isExact() {
        return probabilities.length > 0;
    }
}
