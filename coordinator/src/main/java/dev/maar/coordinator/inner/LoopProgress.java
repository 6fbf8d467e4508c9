package dev.maar.coordinator.inner;

import dev.maar.agent.job.PairCost;
import dev.maar.agent.job.PairObservation;
import dev.maar.agent.job.PairOutcome;
import dev.maar.agent.job.Phase;
import dev.maar.agent.stats.MeasuringRules;
import dev.maar.agent.stats.Metric;
import dev.maar.agent.stats.PairEffect;
import dev.maar.coordinator.experiment.Progress;
import dev.maar.coordinator.merge.CellCourse;
import dev.maar.coordinator.plan.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Makes events of an experiment's progress. The first line about a cell comes with its {@link #FIRST_PAIRS}, one of which started side a
 * first and one side b. For one experiment and one thread.
 */
public final class LoopProgress implements Progress {

    /** Pairs of a cell before its first line. */
    public static final int FIRST_PAIRS = 2;

    private final Telling telling;
    private final MeasuringRules rules;
    private final List<Metric> metrics;
    private final Stopwatch stopwatch;

    /**
     * The progress of an experiment.
     *
     * @param telling told the events
     * @param rules those that the experiment is decided by
     * @param metrics what is judged, the primary one first
     * @param stopwatch started at the edit
     */
    public LoopProgress(
            final Telling telling, final MeasuringRules rules, final List<Metric> metrics, final Stopwatch stopwatch) {
        this.telling = telling;
        this.rules = rules;
        this.metrics = List.copyOf(metrics);
        this.stopwatch = stopwatch;
    }

    /** Takes the time from an edit on. For one thread. */
    public static final class Stopwatch {

        private final long start;
        private long planned;
        private long built;
        private PairCost pairs = PairCost.NONE;

        /**
         * Starts at some time.
         *
         * @param startNanos by {@link System#nanoTime}
         */
        public Stopwatch(final long startNanos) {
            this.start = startNanos;
            this.planned = startNanos;
            this.built = startNanos;
        }

        /** The plan is there. */
        public void planned() {
            planned = System.nanoTime();
            built = planned;
        }

        void built() {
            built = System.nanoTime();
        }

        void pair(final PairCost cost) {
            pairs = pairs.plus(cost);
        }

        TimeSplit split() {
            return new TimeSplit(
                    millis(start, System.nanoTime()),
                    millis(start, planned),
                    millis(planned, built),
                    pairs.waiting(),
                    pairs.start(),
                    pairs.warmUp(),
                    pairs.measuring(),
                    pairs.end());
        }

        private static long millis(final long from, final long to) {
            return (to - from) / 1_000_000;
        }
    }

    @Override
    public void doing(final String what) {
        telling.tell(new LoopEvent.Note(what));
    }

    @Override
    public void adopters(final int done, final int planned, final Optional<Duration> left) {
        // There is only one.
    }

    @Override
    public void pairs(final int done, final int planned) {
        // Each pair is an event of its own.
    }

    @Override
    public void said(final String line) {
        telling.tell(new LoopEvent.Note(line));
    }

    @Override
    public void built(final boolean passed, final String words, final String reason) {
        stopwatch.built();
        telling.tell(new LoopEvent.Built(passed, reason.isEmpty() ? words : words + "\n" + reason));
    }

    @Override
    public void observed(final Plan.PlannedCell cell, final List<PairObservation> all, final PairObservation last) {
        stopwatch.pair(last.cost());
        final Optional<Double> change =
                effect(last).stream().map(Math::expm1).boxed().findFirst();
        final String id = cell.key().id();
        telling.tell(new LoopEvent.Pair(
                id, last.plan().phase().label(), last.plan().index(), last.discarded() ? Optional.empty() : change));
        final double[] effects = all.stream()
                .filter(pair -> pair.plan().phase() == Phase.SCREEN && !pair.discarded())
                .map(this::effect)
                .flatMapToDouble(OptionalDouble::stream)
                .toArray();
        if (effects.length == FIRST_PAIRS && !last.discarded() && last.plan().phase() == Phase.SCREEN) {
            final double threshold = cell.threshold(metrics.get(0)).value();
            telling.tell(new LoopEvent.First(id, Glance.at(effects, threshold), stopwatch.split()));
        }
    }

    private OptionalDouble effect(final PairObservation pair) {
        return pair.outcome() instanceof final PairOutcome.Measured measured
                ? PairEffect.of(metrics.get(0), measured)
                : OptionalDouble.empty();
    }

    @Override
    public void decided(final Plan.PlannedCell cell, final List<PairObservation> all, final String words) {
        final CellCourse.Standing standing = new CellCourse(rules, metrics, cell, all).standing(metrics.get(0));
        telling.tell(new LoopEvent.Cell(
                cell.key().id(),
                standing.verdict().label(),
                words,
                standing.estimate().map(estimate -> estimate.ratio()),
                standing.estimate().map(estimate -> estimate.low()),
                standing.estimate().map(estimate -> estimate.high()),
                standing.estimate().map(estimate -> estimate.pairs()).orElse(0)));
    }
}
