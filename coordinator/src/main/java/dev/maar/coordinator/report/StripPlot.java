package dev.maar.coordinator.report;

import java.util.List;

/**
 * A plot of one cell's pairs: each pair a dot at its effect, the first on top, over marks at zero and at both thresholds, with the
 * estimate and its interval. All lengths in pixels of the drawing.
 *
 * @param dots the dots as an SVG path
 * @param zero where no change is
 * @param minus where the threshold downwards is
 * @param plus where the threshold upwards is
 * @param low where the interval begins; equal to {@code high} when there is none
 * @param high where it ends
 * @param estimate where the estimate is; below zero when there is none
 * @param threshold the threshold's size, to be written below its marks
 * @param label what the plot shows, in words
 */
record StripPlot(
        String dots,
        String zero,
        String minus,
        String plus,
        String low,
        String high,
        String estimate,
        String threshold,
        String label) {

    /** The drawing's width. */
    static final int WIDTH = 200;

    /** The height of the part with the dots. */
    static final int HEIGHT = 30;

    private static final double EDGE = 6;
    private static final String NOWHERE = "-9";

    /**
     * Draws a cell.
     *
     * @param cell the cell
     * @return its plot; without dots when it has no pairs
     */
    static StripPlot of(final AdopterReport.Cell cell) {
        final List<Double> effects =
                cell.pairsEffects().stream().filter(Double::isFinite).toList();
        final double threshold = Double.isFinite(cell.threshold()) ? Math.log1p(cell.threshold()) : 0;
        final double reach = reach(cell, effects, threshold);
        final StringBuilder dots = new StringBuilder();
        int outside = 0;
        for (int i = 0; i < effects.size(); i++) {
            final double effect = effects.get(i);
            outside += Math.abs(effect) > reach ? 1 : 0;
            final double y = effects.size() == 1 ? HEIGHT / 2.0 : 3 + i * (HEIGHT - 6.0) / (effects.size() - 1);
            dots.append('M')
                    .append(at(effect, reach))
                    .append(' ')
                    .append(pixels(y))
                    .append("h0");
        }
        final boolean hasInterval = Double.isFinite(Math.log(cell.low())) && Double.isFinite(Math.log(cell.high()));
        return new StripPlot(
                dots.toString(),
                at(0, reach),
                at(-threshold, reach),
                at(threshold, reach),
                hasInterval ? at(Math.log(cell.low()), reach) : NOWHERE,
                hasInterval ? at(Math.log(cell.high()), reach) : NOWHERE,
                Double.isFinite(Math.log(cell.ratio())) ? at(Math.log(cell.ratio()), reach) : NOWHERE,
                Numbers.percent(cell.threshold()),
                label(cell, effects, outside));
    }

    boolean isEmpty() {
        return dots.isEmpty();
    }

    /** How far the axis goes each way: the thresholds, the interval and nine of ten pairs are inside; wild pairs sit at the edge. */
    private static double reach(final AdopterReport.Cell cell, final List<Double> effects, final double threshold) {
        double reach = Math.max(1e-4, 1.6 * threshold);
        for (final double end : new double[] {cell.low(), cell.high(), cell.ratio()}) {
            final double size = Math.abs(Math.log(end));
            reach = Double.isFinite(size) ? Math.max(reach, 1.15 * size) : reach;
        }
        final List<Double> sizes = effects.stream().map(Math::abs).sorted().toList();
        return sizes.isEmpty() ? reach : Math.max(reach, 1.1 * sizes.get((sizes.size() - 1) * 9 / 10));
    }

    private static String at(final double effect, final double reach) {
        final double bounded = Math.max(-1, Math.min(1, effect / reach));
        return pixels(WIDTH / 2.0 + bounded * (WIDTH / 2.0 - EDGE));
    }

    private static String pixels(final double length) {
        return String.valueOf(Math.round(length));
    }

    private static String label(final AdopterReport.Cell cell, final List<Double> effects, final int outside) {
        final double least =
                effects.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
        final double most =
                effects.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
        return Numbers.counted(effects.size(), "pair") + ", "
                + Numbers.interval(Math.exp(least), Math.exp(most)) + "; threshold " + Numbers.percent(cell.threshold())
                + (outside > 0 ? "; " + outside + " beyond the edge" : "");
    }
}
