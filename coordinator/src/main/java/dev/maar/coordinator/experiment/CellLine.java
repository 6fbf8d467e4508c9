package dev.maar.coordinator.experiment;

import dev.maar.agent.job.CellKey;
import dev.maar.agent.stats.Estimate;
import dev.maar.agent.stats.Metric;
import dev.maar.coordinator.merge.CellCourse;
import java.util.Locale;

/** One line about a cell that has had its pairs. Pure functions. */
final class CellLine {

    private CellLine() {}

    static String of(final CellKey cell, final CellCourse course, final Metric metric) {
        final CellCourse.Standing standing = course.standing(metric);
        final String numbers = standing.estimate().map(CellLine::change).orElse(standing.reason());
        return cell.id() + ": " + standing.verdict().label() + (numbers.isEmpty() ? "" : ", " + numbers);
    }

    private static String change(final Estimate estimate) {
        return String.format(
                Locale.ROOT,
                "%+.1f %% [%+.1f, %+.1f] over %d pairs",
                (estimate.ratio() - 1) * 100,
                (estimate.low() - 1) * 100,
                (estimate.high() - 1) * 100,
                estimate.pairs());
    }
}
