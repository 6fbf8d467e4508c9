package dev.maar.coordinator.calibration;

import dev.maar.agent.job.CellKey;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The noise of one case on one machine, as pairs of equal sides showed it.
 *
 * @param machine the machine and JDK, see {@link CalibrationStore}
 * @param budget the name of the budget by which the pairs were run
 * @param cell the case
 * @param measuredAt when, ISO 8601
 * @param effects by metric: ln(b/a) of each pair that counts
 * @param disturbances what disturbed pairs, with how often; those that were run again are counted too
 * @param tries how many pairs were run in all
 */
public record CaseNoise(
        String machine,
        String budget,
        CellKey cell,
        String measuredAt,
        Map<String, List<Double>> effects,
        Map<String, Integer> disturbances,
        int tries) {

    /** Copies the maps. */
    public CaseNoise {
        final Map<String, List<Double>> copy = new TreeMap<>();
        effects.forEach((metric, values) -> copy.put(metric, List.copyOf(values)));
        effects = Collections.unmodifiableMap(copy);
        disturbances = Collections.unmodifiableMap(new TreeMap<>(disturbances));
    }

    /**
     * The effects of a metric.
     *
     * @param metric the metric's label
     * @return one a pair; none when it was not measured
     */
    public double[] of(final String metric) {
        return effects.getOrDefault(metric, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }
}
