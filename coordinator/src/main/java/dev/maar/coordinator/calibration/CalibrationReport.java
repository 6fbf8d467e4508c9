package dev.maar.coordinator.calibration;

import dev.maar.agent.measure.Budget;
import dev.maar.agent.stats.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hipparchus.stat.descriptive.moment.StandardDeviation;
import org.hipparchus.stat.descriptive.rank.Median;

/**
 * What a calibration found: {@code maar.calibration/1}.
 *
 * @param schema the version of this shape
 * @param budget the budget by which pairs were run
 * @param cells one a case and metric
 * @param disturbances what disturbed pairs, with how often
 * @param pairs how many pairs were run, those that were run again included
 */
public record CalibrationReport(
        String schema, String budget, List<Row> cells, Map<String, Integer> disturbances, int pairs) {

    /** The version of this shape. */
    public static final String SCHEMA = "maar.calibration/1";

    private static final double MAD_OF_A_NORMAL = 1.4826;

    /** Copies the collections. */
    public CalibrationReport {
        cells = List.copyOf(cells);
        disturbances = java.util.Collections.unmodifiableMap(new TreeMap<>(disturbances));
    }

    /**
     * One case and metric. Shares: 0.01 is 1 %.
     *
     * @param cell the case, {@code ADOPTER/JIG/CASE}
     * @param metric the metric
     * @param pairs how many pairs of equal sides count
     * @param bias the median of their effects
     * @param sd the standard deviation of their effects
     * @param mad the median absolute deviation, scaled to what the standard deviation of normal noise would be
     * @param threshold from when on a difference matters
     */
    public record Row(String cell, String metric, int pairs, double bias, double sd, double mad, double threshold) {}

    /**
     * Makes the report.
     *
     * @param budget the budget
     * @param noise the cases
     * @return the report
     */
    public static CalibrationReport of(final Budget budget, final List<CaseNoise> noise) {
        final List<Row> rows = new ArrayList<>();
        final Map<String, Integer> disturbances = new TreeMap<>();
        for (final CaseNoise each : noise) {
            each.disturbances().forEach((reason, count) -> disturbances.merge(reason, count, Integer::sum));
            for (final Metric metric : Metric.judged()) {
                final double[] effects = each.of(metric.label());
                if (effects.length > 0) {
                    rows.add(row(budget, each, metric, effects));
                }
            }
        }
        return new CalibrationReport(
                SCHEMA,
                budget.label(),
                rows,
                disturbances,
                noise.stream().mapToInt(CaseNoise::tries).sum());
    }

    private static Row row(final Budget budget, final CaseNoise noise, final Metric metric, final double[] effects) {
        final double median = new Median().evaluate(effects);
        final double[] distances =
                Arrays.stream(effects).map(effect -> Math.abs(effect - median)).toArray();
        return new Row(
                noise.cell().id(),
                metric.label(),
                effects.length,
                Math.expm1(median),
                effects.length < 2 ? 0 : new StandardDeviation().evaluate(effects),
                MAD_OF_A_NORMAL * new Median().evaluate(distances),
                Math.expm1(CalibrationStore.threshold(noise, metric, budget.rules())
                        .value()));
    }

    /**
     * The report as a table that fits 100 columns.
     *
     * @return its lines
     */
    public List<String> lines() {
        final List<String> lines = new ArrayList<>();
        final int width = Math.min(
                48, cells.stream().mapToInt(row -> row.cell().length()).max().orElse(4));
        final String format = "%-" + width + "s  %-6s %5s %8s %8s %8s %10s";
        lines.add(String.format(Locale.ROOT, format, "case", "metric", "pairs", "bias", "sd", "MAD", "threshold"));
        for (final Row row : cells) {
            lines.add(String.format(
                    Locale.ROOT,
                    format,
                    row.cell().length() <= width ? row.cell() : row.cell().substring(0, width - 3) + "...",
                    row.metric(),
                    row.pairs(),
                    percent("%+.2f %%", row.bias()),
                    percent("%.2f %%", row.sd()),
                    percent("%.2f %%", row.mad()),
                    percent("%.2f %%", row.threshold())));
        }
        lines.add("");
        lines.add(
                disturbances.isEmpty()
                        ? "The machine disturbed none of " + pairs + " pairs."
                        : "What disturbed " + pairs + " pairs: "
                                + disturbances.entrySet().stream()
                                        .map(entry -> entry.getKey() + " " + entry.getValue())
                                        .collect(Collectors.joining(", "))
                                + ".");
        lines.add("Runs with budget " + budget + " on this machine use these thresholds from now on.");
        return lines;
    }

    private static String percent(final String format, final double share) {
        return String.format(Locale.ROOT, format, 100 * share);
    }
}
