package dev.maar.coordinator.evidence;

import dev.maar.agent.fork.Fork;
import dev.maar.agent.fork.ForkFailedException;
import dev.maar.agent.fork.ForkSpec;
import dev.maar.agent.fork.Patience;
import dev.maar.agent.fork.ScratchSpace;
import dev.maar.agent.job.Both;
import dev.maar.agent.job.PairSettings;
import dev.maar.agent.job.SideName;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs forks by themselves, one after the other and never frozen, as other rules do. For one thread. */
final class Solo {

    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final int EZMSG_ROUNDS = 6;

    private final Fork.Starter starter;
    private final ScratchSpace space;
    private final Both<ForkSpec> forks;
    private final PairSettings settings;

    Solo(
            final Fork.Starter starter,
            final ScratchSpace space,
            final Both<ForkSpec> forks,
            final PairSettings settings) {
        this.starter = starter;
        this.space = space;
        this.forks = forks;
        this.settings = settings;
    }

    /** Six rounds of a run of each side, first a and then b, which together take about so long. */
    List<Double> ezmsg(final long totalMillis) throws IOException, ForkFailedException, InterruptedException {
        final long run = 1_000_000L * totalMillis / (2 * EZMSG_ROUNDS);
        final List<Double> differences = new ArrayList<>();
        for (int round = 0; round < EZMSG_ROUNDS; round++) {
            final double a = run(SideName.A, run, Integer.MAX_VALUE);
            final double b = run(SideName.B, run, Integer.MAX_VALUE);
            differences.add(Math.log(b / a));
        }
        return differences;
    }

    /** Pairs of runs with as many slices as a live pair has, until so much time is spent; at least two. */
    List<Double> oneAfterTheOther(final long totalMillis)
            throws IOException, ForkFailedException, InterruptedException {
        final long start = System.nanoTime();
        final List<Double> differences = new ArrayList<>();
        while (differences.size() < 2 || System.nanoTime() - start < 1_000_000L * totalMillis) {
            final SideName first = differences.size() % 2 == 0 ? SideName.A : SideName.B;
            final double one = run(first, Long.MAX_VALUE, settings.rounds());
            final double two = run(first.other(), Long.MAX_VALUE, settings.rounds());
            differences.add(first == SideName.A ? Math.log(two / one) : Math.log(one / two));
        }
        return differences;
    }

    /** The median time of an operation over the slices of one fork, which lives for so long, or has so many slices. */
    private double run(final SideName side, final long nanos, final int slices)
            throws IOException, ForkFailedException, InterruptedException {
        final long start = System.nanoTime();
        try (ScratchSpace.PairScratch scratch = space.fresh();
                Fork fork = starter.start(forks.of(side), scratch)) {
            fork.setUp(SILENCE);
            final long operations = warmUp(fork);
            final List<Double> values = new ArrayList<>();
            while (values.size() < slices && (values.isEmpty() || System.nanoTime() - start < nanos)) {
                values.add((double) fork.run(operations, Patience.of(SILENCE)).nanos() / operations);
            }
            fork.end();
            fork.awaitEnd(SILENCE);
            values.sort(null);
            return values.get(values.size() / 2);
        }
    }

    /** Until the most time of a warm-up is spent; returns the operations of a slice. */
    private long warmUp(final Fork fork) throws ForkFailedException, InterruptedException {
        final long start = System.nanoTime();
        long operations = 1;
        double last = 0;
        while (System.nanoTime() - start < settings.warmUpMostNanos()) {
            final long nanos = fork.run(operations, Patience.of(SILENCE)).nanos();
            last = (double) nanos / operations;
            operations = nanos < settings.sliceNanos() / 2
                    ? operations * 2
                    : Math.max(1, (long) (settings.sliceNanos() / last));
        }
        return Math.max(1, operations);
    }
}
