package dev.maar.agent.stats;

import java.util.Arrays;
import java.util.List;

/** The averages (d[i]+d[j])/2, i at most j, of differences within each stratum; sorted. Stateless. */
final class WalshAverages {

    private WalshAverages() {}

    /**
     * All averages of all strata together.
     *
     * @param strata differences, by stratum
     * @return the averages, ascending
     * @throws IllegalArgumentException when there is no difference at all, or one is not finite
     */
    static double[] sorted(final List<double[]> strata) {
        final double[] averages = new double
                [strata.stream()
                        .mapToInt(differences -> differences.length * (differences.length + 1) / 2)
                        .sum()];
        int count = 0;
        for (final double[] differences : strata) {
            for (int i = 0; i < differences.length; i++) {
                if (!Double.isFinite(differences[i])) {
                    throw new IllegalArgumentException(
                            "a difference is " + differences[i] + "; only finite ones count");
                }
                for (int j = i; j < differences.length; j++) {
                    averages[count++] = (differences[i] + differences[j]) / 2;
                }
            }
        }
        if (count == 0) {
            throw new IllegalArgumentException("no differences; an estimate needs at least one");
        }
        Arrays.sort(averages);
        return averages;
    }

    static double medianOfSorted(final double[] sorted) {
        final int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
