package dev.maar.agent.stats;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.ChiSquaredDistribution;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * Cochran's test of whether agents differ in an effect by more than chance (Cochran, 1954): the sum of w(HL - mean)^2 with w = 1/se^2 and the mean
 * weighted by w, against a chi-squared distribution.
 *
 * @param statistic Q; infinite when agents without any spread differ
 * @param degreesOfFreedom the number of agents less one
 * @param p the chance of a Q this large when all agents have the same effect; 1 with a single agent
 */
public record CochranQ(double statistic, int degreesOfFreedom, double p) {

    private static final double CONFIDENCE = 0.90;
    private static final double QUANTILE =
            new NormalDistribution().inverseCumulativeProbability(1 - (1 - CONFIDENCE) / 2);

    /**
     * The test of several agents' pairs.
     *
     * @param strata the pairs' effects, by agent; at least one of each, all finite
     * @return the test
     * @throws IllegalArgumentException when there is no agent, or an agent has no pair
     */
    public static CochranQ of(final List<double[]> strata) {
        return of(
                strata.stream().mapToDouble(HodgesLehmann::of).toArray(),
                strata.stream().mapToDouble(CochranQ::standardError).toArray());
    }

    /**
     * The standard error that the 90 % interval stands for.
     *
     * @param effects one agent's pairs; at least one, all finite
     * @return the interval's width over twice the normal quantile
     */
    static double standardError(final double[] effects) {
        return Interval.of(effects, CONFIDENCE).width() / (2 * QUANTILE);
    }

    private static CochranQ of(final double[] estimates, final double[] errors) {
        if (estimates.length == 0) {
            throw new IllegalArgumentException("no agents; the test needs at least one");
        }
        // An agent without spread is as certain as can be: the limit of a standard error towards zero.
        final double[] certain = IntStream.range(0, errors.length)
                .filter(agent -> errors[agent] == 0)
                .mapToDouble(agent -> estimates[agent])
                .toArray();
        final int freedom = estimates.length - 1;
        if (Arrays.stream(certain).distinct().count() > 1) {
            return new CochranQ(Double.POSITIVE_INFINITY, freedom, 0);
        }
        double weights = 0;
        double weighted = 0;
        for (int agent = 0; agent < estimates.length; agent++) {
            final double weight = 1 / (errors[agent] * errors[agent]);
            weights += weight;
            weighted += weight * estimates[agent];
        }
        final double mean = certain.length > 0 ? certain[0] : weighted / weights;
        double statistic = 0;
        for (int agent = 0; agent < estimates.length; agent++) {
            final double apart = errors[agent] == 0 ? 0 : (estimates[agent] - mean) / errors[agent];
            statistic += apart * apart;
        }
        final double p = freedom == 0 ? 1 : 1 - new ChiSquaredDistribution(freedom).cumulativeProbability(statistic);
        return new CochranQ(statistic, freedom, p);
    }
}
