package dev.maar.agent.stats;

import java.util.Comparator;
import java.util.stream.IntStream;

/** The false discovery rate's adjustment of p-values (Benjamini and Hochberg, 1995). Stateless. */
public final class BenjaminiHochberg {

    private BenjaminiHochberg() {}

    /**
     * Adjusts.
     *
     * @param p p-values, from 0 to 1
     * @return for each, in the same order, the least false discovery rate at which it counts as a discovery
     * @throws IllegalArgumentException when one is not from 0 to 1
     */
    public static double[] adjust(final double[] p) {
        final int[] descending = IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble((final Integer index) -> p[index])
                        .reversed())
                .mapToInt(Integer::intValue)
                .toArray();
        final double[] q = new double[p.length];
        double least = 1;
        for (int i = 0; i < descending.length; i++) {
            final double value = p[descending[i]];
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException("a p-value is " + value + "; it must be from 0 to 1");
            }
            final int rank = p.length - i;
            least = Math.min(least, value * ((double) p.length / rank));
            q[descending[i]] = least;
        }
        return q;
    }
}
