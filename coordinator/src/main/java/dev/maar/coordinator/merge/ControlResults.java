package dev.maar.coordinator.merge;

import dev.maar.agent.job.PairObservation;
import dev.maar.agent.job.Verdict;
import dev.maar.agent.stats.MeasuringRules;
import dev.maar.agent.stats.Metric;
import dev.maar.agent.stats.Ruling;
import dev.maar.coordinator.plan.Plan;
import java.util.List;

/**
 * What came out of an experiment's controls. A control that could not be measured counts in neither number.
 *
 * @param same how many A/A cells there are
 * @param flagged how many of these came out changed, or with different results
 * @param slowed how many cells with a known slowdown there are
 * @param found how many of these were found
 * @param slowdown the largest slowdown that was put in, as a share; NaN when none was
 */
public record ControlResults(int same, int flagged, int slowed, int found, double slowdown) {

    /**
     * Judges the controls by the same rules as any cell, but without the other cells: what is one of many candidates is not adjusted for here.
     *
     * @param plan the plan, which says which cells are controls
     * @param rules the constants of the decision
     * @param metrics what is judged
     * @param pairs all pairs of the experiment
     * @return what came out
     */
    public static ControlResults of(
            final Plan plan,
            final MeasuringRules rules,
            final List<Metric> metrics,
            final List<PairObservation> pairs) {
        int same = 0;
        int flagged = 0;
        int slowed = 0;
        int found = 0;
        double slowdown = Double.NaN;
        for (final Plan.PlannedAdopter adopter : plan.adopters()) {
            for (final Plan.PlannedCell cell : adopter.cells()) {
                final Plan.Control.Kind kind = plan.control(cell).orElse(null);
                if (kind == null) {
                    continue;
                }
                final CellCourse course = new CellCourse(rules, metrics, cell, of(cell, pairs));
                if (kind == Plan.Control.Kind.SAME && isJudged(course)) {
                    same++;
                    flagged += isFlagged(course, metrics) ? 1 : 0;
                } else if (kind == Plan.Control.Kind.SLOWED
                        && course.missing().isEmpty()
                        && course.ruling(Metric.TIME).isPresent()) {
                    slowed++;
                    slowdown = cell.slowdown();
                    found += isFound(course.ruling(Metric.TIME).get(), cell) ? 1 : 0;
                }
            }
        }
        return new ControlResults(same, flagged, slowed, found, slowdown);
    }

    /** Whether it has had all the pairs that it may have: what a run that was stopped early did not finish has failed nothing. */
    private static boolean isJudged(final CellCourse course) {
        return course.mismatch().isPresent()
                || course.missing().isEmpty() && course.ruling(Metric.TIME).isPresent();
    }

    private static boolean isFlagged(final CellCourse course, final List<Metric> metrics) {
        return course.mismatch().isPresent()
                || metrics.stream()
                        .flatMap(metric -> course.ruling(metric).stream())
                        .anyMatch(ruling ->
                                ruling.verdict() == Verdict.REGRESSED || ruling.verdict() == Verdict.IMPROVED);
    }

    /** Confirmed, or, where no pairs were planned to confirm it, made a candidate by the screen. */
    private static boolean isFound(final Ruling ruling, final Plan.PlannedCell cell) {
        return ruling.verdict() == Verdict.REGRESSED
                || cell.confirm().isEmpty()
                        && ruling.candidate()
                        && ruling.estimate().effect() > 0;
    }

    /** The pairs of one planned cell. */
    static List<PairObservation> of(final Plan.PlannedCell cell, final List<PairObservation> pairs) {
        return pairs.stream()
                .filter(pair -> pair.measurement().equals(cell.measurement())
                        && pair.cell().equals(cell.key()))
                .toList();
    }

    /**
     * Whether equal sides came out different: nothing that this session says of times is worth anything then.
     *
     * @return true when at least one A/A cell was flagged
     */
    public boolean voidsSession() {
        return flagged > 0;
    }
}
