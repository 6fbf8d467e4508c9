package dev.maar.agent.stats.simulation;

import dev.maar.agent.job.Phase;
import dev.maar.agent.stats.Calibration;
import dev.maar.agent.stats.CellJudge;
import dev.maar.agent.stats.HodgesLehmann;
import dev.maar.agent.stats.MeasuringRules;
import dev.maar.agent.stats.Metric;
import dev.maar.agent.stats.Next;
import dev.maar.agent.stats.PairEffect;
import dev.maar.agent.stats.Reading;
import dev.maar.agent.stats.Ruling;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Experiments on a simulated machine, judged by the shipped code: slices to effects by {@link PairEffect}, the threshold from A/A cells by
 * {@link Calibration}, the looks and the settling by {@link CellJudge}.
 */
final class Simulation {

    private static final int CELLS = 20;

    private static final int CHANGED = 5;
    private static final int CONTROLS = 100;
    private static final int CONTROL_PAIRS = 16;

    private final CellJudge judge;
    private final Noise noise;
    private final long seed;
    private final double threshold;

    /**
     * A machine, calibrated.
     *
     * @param rules the judge's
     * @param noise what the machine does
     * @param seed of everything random
     */
    Simulation(final MeasuringRules rules, final Noise noise, final long seed) {
        this.judge = new CellJudge(rules);
        this.noise = noise;
        this.seed = seed;
        final double[] controls = IntStream.range(0, CONTROLS)
                .mapToDouble(control -> HodgesLehmann.of(
                        readings(new SimulatedCell(noise, 0, seed(-1, control)), Phase.SCREEN, CONTROL_PAIRS).stream()
                                .mapToDouble(Reading::effect)
                                .toArray()))
                .toArray();
        this.threshold = Calibration.threshold(Metric.TIME, controls, rules);
    }

    /** The threshold that the machine was calibrated to. */
    double threshold() {
        return threshold;
    }

    /**
     * Runs experiments in which a quarter of the cells has an effect, or none when the effect is 0.
     *
     * @param effect the true change of those, as b/a - 1
     * @param experiments how many
     * @return what was said of them
     */
    Outcome run(final double effect, final int experiments) {
        final Outcome outcome = new Outcome(new Tally(), new Tally());
        final int changed = effect == 0 ? 0 : CHANGED;
        for (int experiment = 0; experiment < experiments; experiment++) {
            final List<Judged> cells = new ArrayList<>();
            for (int index = 0; index < CELLS; index++) {
                final double own = index < changed ? Math.log1p(effect) : 0;
                cells.add(judged(new SimulatedCell(noise, own, seed(experiment, index))));
            }
            final List<Ruling> settled =
                    judge.settle(cells.stream().map(Judged::ruling).toList());
            for (int index = 0; index < CELLS; index++) {
                final Judged cell = cells.get(index);
                (index < changed ? outcome.changed : outcome.same).add(cell.cell, settled.get(index), cell.pairs);
            }
        }
        return outcome;
    }

    private Judged judged(final SimulatedCell cell) {
        List<Reading> screen = List.of();
        List<Reading> confirm = List.of();
        while (true) {
            final Next next = judge.next(Metric.TIME.better(), screen, confirm, threshold);
            if (next instanceof Next.Ruled ruled) {
                return new Judged(cell, ruled.ruling(), screen.size() + confirm.size());
            }
            final Next.More more = (Next.More) next;
            if (more.phase() == Phase.SCREEN) {
                screen = readings(cell, Phase.SCREEN, screen.size() + more.pairs());
            } else {
                confirm = readings(cell, Phase.CONFIRM, confirm.size() + more.pairs());
            }
        }
    }

    private static List<Reading> readings(final SimulatedCell cell, final Phase phase, final int pairs) {
        return IntStream.range(0, pairs)
                .mapToObj(index -> new Reading(
                        cell.agent(phase, index),
                        PairEffect.of(Metric.TIME, cell.pair(phase, index)).orElseThrow()))
                .toList();
    }

    private long seed(final int experiment, final int cell) {
        return new SplittableRandom(new SplittableRandom(seed + experiment).nextLong() + cell).nextLong();
    }

    /** A cell, what was first said of it, and how many pairs that took. */
    private record Judged(SimulatedCell cell, Ruling ruling, int pairs) {}

    /**
     * What was said.
     *
     * @param changed of the cells that have the effect
     * @param same of those that have none
     */
    record Outcome(Tally changed, Tally same) {}
}
