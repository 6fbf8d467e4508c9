package dev.maar.agent.measure;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Tells from the last slices of one fork whether it is warm: their spread is small and they no longer drift. For one thread. */
final class Steadiness {

    static final int WINDOW = 5;

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
        if (last.size() == WINDOW) {
            last.removeFirst();
        }
        last.addLast(nanosPerOperation);
    }

    /** Whether the last {@value #WINDOW} slices are alike and show no trend. */
    boolean isSteady() {
        if (last.size() < WINDOW) {
            return false;
        }
        final double[] values = values();
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[WINDOW - 1] - sorted[0]) / sorted[WINDOW / 2] < spread && Math.abs(trend(values)) < TREND;
    }

    /** The median of the last few slices' times per operation, in nanoseconds; at least one must have been added. */
    double recent() {
        final double[] values = values();
        final double[] few = Arrays.copyOfRange(values, Math.max(0, values.length - RECENT), values.length);
        Arrays.sort(few);
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
