package dev.maar.agent.stats;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The confidence interval that belongs to the signed-rank test, in effects (ln(b/a)).
 *
 * <p>With q the smallest whole number such that P(W &lt;= q) is at least (1 - confidence)/2 in the distribution without ties over all pairs, but at least
 * 1: from the q-th smallest to the q-th largest Walsh average (Hollander and Wolfe, Nonparametric Statistical Methods, 3.3). Its coverage is never
 * under the confidence as long as there are pairs enough for it: 5 for 90 %, 6 for 95 %.
 *
 * @param low the lower end
 * @param high the upper end
 */
public record Interval(double low, double high) {

    /**
     * The interval of one sample.
     *
     * @param effects the pairs' effects; at least one, all finite
     * @param confidence for example 0.90
     * @return the interval
     * @throws IllegalArgumentException when there are none or one is not finite
     */
    public static Interval of(final double[] effects, final double confidence) {
        return stratified(List.of(effects), confidence);
    }

    /**
     * The interval of several agents' pairs, from the Walsh averages within the agents.
     *
     * @param strata the pairs' effects, by agent; at least one, all finite
     * @param confidence for example 0.90
     * @return the interval
     * @throws IllegalArgumentException when there are none or one is not finite
     */
    public static Interval stratified(final List<double[]> strata, final double confidence) {
        final double[] averages = WalshAverages.sorted(strata);
        final int[] doubledRanks = strata.stream()
                .flatMapToInt(effects -> IntStream.rangeClosed(1, effects.length))
                .map(rank -> 2 * rank)
                .toArray();
        final boolean exact = SignedRank.isExact(strata.stream().mapToInt(effects -> effects.length));
        final int quantile = RankSums.over(doubledRanks, exact).quantile((1 - confidence) / 2);
        return new Interval(averages[quantile - 1], averages[averages.length - quantile]);
    }

    /**
     * Whether it lies strictly inside (-bound, +bound).
     *
     * @param bound a positive effect
     * @return true when neither end reaches the bound
     */
    public boolean inside(final double bound) {
        return -bound < low && high < bound;
    }

    /**
     * Its width.
     *
     * @return high - low
     */
    public double width() {
        return high - low;
    }
}
