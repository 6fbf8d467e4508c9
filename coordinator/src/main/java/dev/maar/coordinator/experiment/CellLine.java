package dev.maar.coordinator.experiment;

import dev.maar.agent.job.CellKey;
import dev.maar.agent.job.Verdict;
import dev.maar.agent.stats.Estimate;
import dev.maar.agent.stats.Metric;
import dev.maar.coordinator.merge.CellCourse;
import java.util.List;
import java.util.Locale;

/** One line about a cell that has had its pairs. Pure functions. */
final class CellLine {

    private CellLine() {}

    /** The primary metric, the first, and of the others those that changed or may have. */
    static String of(final CellKey cell, final CellCourse course, final List<Metric> metrics) {
        final StringBuilder line = new StringBuilder(cell.id() + ": " + words(course.standing(metrics.get(0))));
        for (final Metric metric : metrics.subList(1, metrics.size())) {
            final CellCourse.Standing standing = course.standing(metric);
            if (standing.estimate().isPresent()
                    && standing.verdict() != Verdict.UNCHANGED
                    && standing.verdict() != Verdict.INCONCLUSIVE) {
                line.append("; ").append(metric.label()).append(' ').append(words(standing));
            }
        }
        return line.toString();
    }

    private static String words(final CellCourse.Standing standing) {
        final String numbers = standing.estimate().map(CellLine::change).orElse(standing.reason());
        return standing.verdict().label() + (numbers.isEmpty() ? "" : ", " + numbers);
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
