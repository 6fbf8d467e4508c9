package dev.maar.agent.stats;

import java.util.List;

/**
 * The Hodges-Lehmann estimator: the median of all Walsh averages (Hodges and Lehmann, 1963). One wild pair in sixteen hardly moves it. Stateless.
 */
public final class HodgesLehmann {

    private HodgesLehmann() {}

    /**
     * The estimate.
     *
     * @param differences the pairs' effects; at least one, all finite
     * @return the median of the Walsh averages; of an even count, the mean of the middle two
     * @throws IllegalArgumentException when there are none or one is not finite
     */
    public static double of(final double[] differences) {
        return stratified(List.of(differences));
    }

    /**
     * The estimate that belongs to the stratified signed-rank test: the median of the Walsh averages within the strata, all together. It is the
     * shift for which the stratified statistic is nearest its expectation.
     *
     * @param strata the pairs' effects, by agent; at least one, all finite
     * @return the estimate; with one stratum the plain one
     * @throws IllegalArgumentException when there are none or one is not finite
     */
    public static double stratified(final List<double[]> strata) {
        return WalshAverages.medianOfSorted(WalshAverages.sorted(strata));
    }
}
