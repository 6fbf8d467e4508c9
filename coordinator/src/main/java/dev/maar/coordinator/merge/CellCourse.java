package dev.maar.coordinator.merge;

import dev.maar.agent.job.Both;
import dev.maar.agent.job.ForkFailure;
import dev.maar.agent.job.PairObservation;
import dev.maar.agent.job.PairOutcome;
import dev.maar.agent.job.Phase;
import dev.maar.agent.job.Verdict;
import dev.maar.agent.stats.CellJudge;
import dev.maar.agent.stats.Estimate;
import dev.maar.agent.stats.MeasuringRules;
import dev.maar.agent.stats.Metric;
import dev.maar.agent.stats.Next;
import dev.maar.agent.stats.PairEffect;
import dev.maar.agent.stats.Reading;
import dev.maar.agent.stats.Ruling;
import dev.maar.coordinator.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far one cell has come, worked out anew from its observations: live, to see which pairs it still needs, and afterwards, to
 * see what is said of it. The same observations always give the same answer. Immutable.
 */
public final class CellCourse {

    /** How often a pair that the environment spoilt is tried before the cell is given up. */
    private static final int MOST_SPOILT = 3;

    private final CellJudge judge;
    private final CellJudge secondaryJudge;
    private final List<Metric> metrics;
    private final Plan.PlannedCell cell;
    private final List<PairObservation> observations;

    /**
     * The course of a cell.
     *
     * @param rules the constants of the decision
     * @param metrics what is judged of each pair, the primary one first
     * @param cell the cell as it was planned
     * @param observations the cell's pairs, in the order in which they were run
     */
    public CellCourse(
            final MeasuringRules rules,
            final List<Metric> metrics,
            final Plan.PlannedCell cell,
            final List<PairObservation> observations) {
        this.judge = new CellJudge(rules);
        this.secondaryJudge = new CellJudge(rules.secondary());
        this.metrics = List.copyOf(metrics);
        this.cell = cell;
        this.observations = List.copyOf(observations);
    }

    /**
     * The pairs that the cell needs until the next look. The metrics share its pairs: the primary one says how long the screen is, and a candidate
     * of any metric gets its confirmation.
     *
     * @return their phase and number; nothing once all is said that can be
     */
    public Optional<Next.More> missing() {
        if (mismatch().isPresent() || failure().isPresent()) {
            return Optional.empty();
        }
        for (final Metric metric : metrics) {
            if (isKnownThroughout(metric)
                    && next(metric) instanceof final Next.More more
                    && (more.phase() == Phase.CONFIRM || metric == metrics.get(0))
                    && done(more.phase()) < cell.pairs(more.phase()).size()) {
                return Optional.of(more);
            }
        }
        return Optional.empty();
    }

    /** A metric that some pairs do not have can not ask for more: there might never be enough. */
    private boolean isKnownThroughout(final Metric metric) {
        return readings(metric, Phase.SCREEN).size() == measured(Phase.SCREEN).size()
                && readings(metric, Phase.CONFIRM).size()
                        == measured(Phase.CONFIRM).size();
    }

    /**
     * How many pairs of a phase were measured.
     *
     * @param phase the phase
     * @return the count; also the index of the next pair to run
     */
    public int done(final Phase phase) {
        return measured(phase).size();
    }

    /**
     * The verdict on one metric as far as this cell alone can tell: before the experiment's other cells are taken into account.
     *
     * @param metric the metric
     * @return the verdict, and its numbers where there are any
     */
    public Standing standing(final Metric metric) {
        if (mismatch().isPresent()) {
            return new Standing(
                    Verdict.MISMATCH, Optional.empty(), mismatch().get().reason());
        }
        if (failure().isPresent()) {
            final Both<ForkFailure> failures = failure().get();
            return new Standing(ForkTable.verdict(failures), Optional.empty(), CellRows.reason(failures));
        }
        final Optional<Ruling> ruling = ruling(metric);
        return new Standing(ruling.map(Ruling::verdict).orElse(Verdict.SKIPPED), ruling.map(Ruling::estimate), "");
    }

    /**
     * A verdict with what it rests on.
     *
     * @param verdict the verdict
     * @param estimate the numbers; none when the cell has no numbers
     * @param reason what happened; empty when the numbers say it
     */
    public record Standing(Verdict verdict, Optional<Estimate> estimate, String reason) {}

    /** The first pair whose sides did not produce the same. */
    Optional<Mismatch> mismatch() {
        return observations.stream()
                .map(observation -> Mismatch.of(observation.outcome()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The failure that ends the cell: the first that is the program's own, or the last of too many of the environment's. */
    Optional<Both<ForkFailure>> failure() {
        int spoilt = 0;
        for (final PairObservation observation : observations) {
            if (observation.outcome() instanceof final PairOutcome.Failed failed) {
                final boolean environment = isInfra(failed);
                spoilt += environment ? 1 : 0;
                if (!environment || spoilt == MOST_SPOILT) {
                    return Optional.of(failed.failures());
                }
            }
        }
        return Optional.empty();
    }

    /** The ruling on a metric, as decided as the pairs so far allow; empty when no pair has it. */
    Optional<Ruling> ruling(final Metric metric) {
        if (readings(metric, Phase.SCREEN).isEmpty()) {
            return Optional.empty();
        }
        if (next(metric) instanceof final Next.Ruled ruled) {
            return Optional.of(ruled.ruling());
        }
        return judgeOf(metric)
                .stopped(
                        metric.better(),
                        readings(metric, Phase.SCREEN),
                        readings(metric, Phase.CONFIRM),
                        threshold(metric));
    }

    /** The measured pairs of a phase. */
    List<PairObservation> measured(final Phase phase) {
        return observations.stream()
                .filter(observation -> observation.plan().phase() == phase
                        && !observation.discarded()
                        && observation.outcome() instanceof PairOutcome.Measured)
                .toList();
    }

    /** All pairs, in the order in which they were run. */
    List<PairObservation> observations() {
        return observations;
    }

    private CellJudge judgeOf(final Metric metric) {
        return metric == metrics.get(0) ? judge : secondaryJudge;
    }

    private Next next(final Metric metric) {
        return judgeOf(metric)
                .next(
                        metric.better(),
                        readings(metric, Phase.SCREEN),
                        readings(metric, Phase.CONFIRM),
                        threshold(metric));
    }

    private double threshold(final Metric metric) {
        return cell.threshold(metric).value();
    }

    /**
     * The direction in which the screen alone made a candidate of the cell.
     *
     * @param metric the metric
     * @return 1 when side b has the larger values, -1 when it has the smaller, 0 when the cell is no candidate
     */
    int candidate(final Metric metric) {
        final List<Reading> screen = readings(metric, Phase.SCREEN);
        final boolean confirm = !screen.isEmpty()
                && judge.next(metric.better(), screen, List.of(), threshold(metric)) instanceof final Next.More more
                && more.phase() == Phase.CONFIRM;
        return confirm
                ? judge.stopped(metric.better(), screen, List.of(), threshold(metric))
                        .map(ruling -> (int) Math.signum(ruling.estimate().effect()))
                        .orElse(0)
                : 0;
    }

    private List<Reading> readings(final Metric metric, final Phase phase) {
        final List<Reading> readings = new ArrayList<>();
        for (final PairObservation observation : measured(phase)) {
            final PairOutcome.Measured measured = (PairOutcome.Measured) observation.outcome();
            final OptionalDouble effect = PairEffect.of(metric, measured);
            if (effect.isPresent()) {
                readings.add(new Reading(observation.agent(), effect.getAsDouble()));
            }
        }
        return readings;
    }

    /** Whether it is the environment that made the pair fail: another try of it is then no favour to anyone. */
    static boolean isInfra(final PairOutcome.Failed failed) {
        return failed.failures().a().kind() == ForkFailure.Kind.INFRA
                || failed.failures().b().kind() == ForkFailure.Kind.INFRA;
    }
}
