package dev.maar.agent.measure;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Tells from the last slices of one fork whether it is warm. It is when the last few are alike and show no trend, or, where slices are never
 * that much alike, when twice as many are at the same level in their older and their newer half and none of them was held up, as
 * slices are in which the JVM still compiles. For one thread.
 */
final class Steadiness {

    static final int WINDOW = 5;

    /** A slice this many times as long as usual was held up. */
    private static final double HELD_UP = 1.5;

    /** The share of the spread that the levels of two halves may be apart. */
    private static final double LEVEL_SHARE = 0.5;

    /** A recent median is taken over this many slices. */
    private static final int RECENT = 3;

    /**
     * Mann's and Kendall's S, the number of later slices that are greater than an earlier one less those that are smaller. Of five
     * values in random order |S| is 10 or 8 with probability 10/120: that is taken for a trend.
     */
    private static final int TREND = 8;

    private final double spread;
    private final Deque<Double> last = new ArrayDeque<>();

    /**
     * Nothing seen yet.
     *
     * @param spread the spread, relative to the median, under which slices count as alike
     */
    Steadiness(final double spread) {
        this.spread = spread;
    }

    /** Takes one more slice's time per operation. */
    void add(final double nanosPerOperation) {
        if (last.size() == 2 * WINDOW) {
            last.removeFirst();
        }
        last.addLast(nanosPerOperation);
    }

    /** Whether it is warm. */
    boolean isSteady() {
        return last.size() >= WINDOW && areAlike(newest()) || last.size() == 2 * WINDOW && isLevel(values());
    }

    private boolean areAlike(final double[] values) {
        final double[] sorted = sorted(values);
        return (sorted[WINDOW - 1] - sorted[0]) / sorted[WINDOW / 2] < spread && Math.abs(trend(values)) < TREND;
    }

    private boolean isLevel(final double[] values) {
        final double[] sorted = sorted(values);
        final double older = sorted(Arrays.copyOf(values, WINDOW))[WINDOW / 2];
        final double newer = sorted(newest())[WINDOW / 2];
        return Math.abs(newer - older) < LEVEL_SHARE * spread * older
                && sorted[sorted.length - 1] < HELD_UP * sorted[sorted.length / 2];
    }

    private double[] newest() {
        final double[] values = values();
        return Arrays.copyOfRange(values, values.length - WINDOW, values.length);
    }

    private static double[] sorted(final double[] values) {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    /** The median of the last few slices' times per operation, in nanoseconds; at least one must have been added. */
    double recent() {
        final double[] values = values();
        final double[] few = sorted(Arrays.copyOfRange(values, Math.max(0, values.length - RECENT), values.length));
        return few[few.length / 2];
    }

    private double[] values() {
        return last.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static int trend(final double[] values) {
        int s = 0;
        for (int i = 0; i < values.length; i++) {
            for (int j = i + 1; j < values.length; j++) {
                s += (int) Math.signum(values[j] - values[i]);
            }
        }
        return s;
    }
}
