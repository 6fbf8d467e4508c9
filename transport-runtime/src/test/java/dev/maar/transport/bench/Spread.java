package dev.maar.transport.bench;

import java.util.Arrays;

/**
 * Where numbers lie.
 *
 * @param low the lower quartile
 * @param median the middle
 * @param high the upper quartile
 */
record Spread(double low, double median, double high) {

    static Spread of(final double[] numbers) {
        final double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        return new Spread(quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75));
    }

    private static double quantile(final double[] sorted, final double share) {
        final double place = share * (sorted.length - 1);
        final int below = (int) place;
        final int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
