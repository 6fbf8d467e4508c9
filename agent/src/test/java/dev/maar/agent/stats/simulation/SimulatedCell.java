package dev.maar.agent.stats.simulation;

import dev.maar.agent.job.Both;
import dev.maar.agent.job.Phase;
import dev.maar.agent.job.SideName;
import dev.maar.agent.job.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A cell on a simulated machine. Each pair has a random stream of its own, so a pair is the same however many others are asked for, and
 * all rules can be shown the same data.
 */
final class SimulatedCell {

    private static final int ROUNDS = 20;
    private static final long OPERATIONS = 20_000;
    private static final double SLICE_NANOS = 30e6;
    private static final double TENFOLD = Math.log(10);

    private final Noise noise;
    private final double effect;
    private final long seed;
    private final double modeGap;

    /**
     * A cell.
     *
     * @param noise the machine
     * @param effect the true change, ln(b/a)
     * @param seed of everything random about it
     */
    SimulatedCell(final Noise noise, final double effect, final long seed) {
        this.noise = noise;
        this.effect = effect;
        this.seed = seed;
        this.modeGap = 0.05 + 0.05 * new SplittableRandom(seed).nextDouble();
    }

    /** Who measures a pair. */
    String agent(final Phase phase, final int index) {
        return phase == Phase.SCREEN ? "screener" : "confirmer " + index % noise.confirmers();
    }

    /** The slices of one live pair, in the order they ran. */
    List<Slice> pair(final Phase phase, final int index) {
        final SplittableRandom random = random(phase, index);
        final double bias = noise.session() * studentT(random(phase, -1 - index % noise.confirmers()), 5);
        final Both<Double> level = new Both<>(fork(random), fork(random) + effect + bias);
        final boolean burst = random.nextDouble() < noise.bursts();
        final int burstFrom = burst ? random.nextInt(2 * ROUNDS) : Integer.MAX_VALUE;
        final int burstLength = random.nextInt(4, 16);
        final double burstSlowdown = 0.3 + 0.7 * random.nextDouble();
        final List<Slice> slices = new ArrayList<>();
        double machine = 0;
        for (int round = 0; round < ROUNDS; round++) {
            final SideName first = random.nextBoolean() ? SideName.A : SideName.B;
            for (final SideName side : List.of(first, first.other())) {
                machine += noise.drift() * random.nextGaussian();
                final int at = slices.size();
                final boolean hit = at >= burstFrom && at < burstFrom + burstLength;
                final double logarithm = level.of(side)
                        + machine
                        + (hit ? burstSlowdown : 0)
                        + noise.slice() * studentT(random, 3)
                        + (random.nextDouble() < noise.outliers() ? TENFOLD : 0);
                final long nanos = Math.round(SLICE_NANOS * Math.exp(logarithm));
                slices.add(new Slice(round, side, OPERATIONS, nanos, -1, -1));
            }
        }
        return slices;
    }

    private double fork(final SplittableRandom random) {
        final double mode = random.nextDouble() < noise.slowForks() ? modeGap : 0;
        final double wild = random.nextDouble() < noise.wildForks() ? TENFOLD : 0;
        return noise.fork() * studentT(random, 4) + mode + wild;
    }

    private SplittableRandom random(final Phase phase, final int index) {
        return new SplittableRandom(seed * 1_000_003 + (phase == Phase.SCREEN ? 0 : 1_009) + index);
    }

    private static double studentT(final SplittableRandom random, final int freedom) {
        double squares = 0;
        for (int i = 0; i < freedom; i++) {
            final double normal = random.nextGaussian();
            squares += normal * normal;
        }
        return random.nextGaussian() / Math.sqrt(squares / freedom);
    }
}
