package dev.maar.agent.measure;

import dev.maar.agent.fork.ForkFailedException;
import dev.maar.agent.job.Attestation;
import dev.maar.agent.job.Both;
import dev.maar.agent.job.ForkFailure;
import dev.maar.agent.job.PairSettings;
import dev.maar.agent.job.SideName;
import dev.maar.agent.measure.LockStep.Timed;
import java.util.Optional;

/**
 * Finds the operations of a slice and warms both forks up, in rounds of one slice a side, so that both have always run the same
 * operations and neither is frozen for longer than the other's slice. For one thread.
 */
final class WarmUp {

    /** A slice this long may be a jig that waits for messages that were lost: time to compare what the sides produced. */
    private static final long STALLED_NANOS = 500_000_000L;

    /** A slice counts as this many at most: one in which the JVM compiled brings nobody further than a short one. */
    private static final long COUNTED_SLICES = 4;

    /** However slices are counted, a warm-up takes at most this many times its limit. */
    private static final long MOST_TIMES = 3;

    /** How much longer than the target the slower side's slices may get. */
    private static final double SLOWER_SIDE = 10;

    private static final long MOST_OPERATIONS = 1L << 40;

    private final LockStep lockStep;
    private final PairSettings settings;
    private final SideName first;
    private final Warmth warmthFirst;
    private final Warmth warmthOther;
    private final long[] spentNanos = new long[2];
    private final long[] elapsedNanos = new long[2];

    /**
     * How a warm-up ended.
     *
     * @param operations how many operations a slice shall have
     * @param rounds how many rounds it took
     * @param firstNanos how long the very first operation of the first side took
     * @param mismatch what the sides produced, when they differ; nothing is to be measured then
     */
    record Warm(long operations, int rounds, long firstNanos, Optional<Both<Attestation>> mismatch) {}

    /**
     * A warm-up.
     *
     * @param lockStep the forks
     * @param settings the slice to aim at, and the limits
     * @param first the side that runs first in each round and says how many operations make a slice
     */
    WarmUp(final LockStep lockStep, final PairSettings settings, final SideName first) {
        this.lockStep = lockStep;
        this.settings = settings;
        this.first = first;
        this.warmthFirst = new Warmth(settings.steadySpread());
        this.warmthOther = new Warmth(settings.steadySpread());
    }

    /**
     * Runs it: until both sides are steady, after the least time, or one has spent the most time on slices of the right length.
     *
     * @return how it ended
     * @throws ForkFailedException when a fork fails, or a single operation takes too long
     * @throws InterruptedException when interrupted meanwhile
     */
    Warm run() throws ForkFailedException, InterruptedException {
        long operations = 1;
        boolean calibrating = true;
        int rounds = 0;
        long firstNanos = 0;
        while (true) {
            final Timed one = slice(first, operations, rounds);
            final Timed two = slice(first.other(), operations, rounds);
            firstNanos = rounds == 0 ? one.reply().nanos() : firstNanos;
            rounds++;
            calibrating = calibrating
                    && one.reply().nanos() < settings.sliceNanos() / 2
                    && !isStalled(one)
                    && !isStalled(two);
            if (isStalled(one) || isStalled(two)) {
                final Both<Attestation> checks = lockStep.check(first);
                if (LockStep.differ(checks)) {
                    return new Warm(operations, rounds, firstNanos, Optional.of(checks));
                }
            }
            warmthFirst.add(one);
            warmthOther.add(two);
            if (calibrating && operations < MOST_OPERATIONS && !isSpent()) {
                operations *= 2;
                continue;
            }
            operations = estimate();
            if (isSpent() || isLeastSpent() && warmthFirst.isWarm() && warmthOther.isWarm()) {
                return new Warm(operations, rounds, firstNanos, Optional.empty());
            }
        }
    }

    /**
     * Whether one side is warm. Either clock may say so: on a busy machine the slices' times are never alike however long one waits,
     * but the CPU time of an operation is, once nothing is compiled any more; where threads poll it is the other way round.
     */
    private static final class Warmth {

        private final Steadiness time;
        private final Steadiness cpu;

        private Warmth(final double spread) {
            time = new Steadiness(spread);
            cpu = new Steadiness(spread);
        }

        private void add(final Timed timed) {
            time.add(timed.nanosPerOperation());
            cpu.add(timed.cpuNanosPerOperation());
        }

        private boolean isWarm() {
            return time.isSteady() || cpu.isSteady();
        }

        private double nanosPerOperation() {
            return time.recent();
        }
    }

    private Timed slice(final SideName side, final long operations, final int round)
            throws ForkFailedException, InterruptedException {
        final long start = System.nanoTime();
        final Timed timed = lockStep.slice(side, operations);
        final long elapsed = System.nanoTime() - start;
        elapsedNanos[side.ordinal()] += elapsed;
        spentNanos[side.ordinal()] += Math.min(elapsed, COUNTED_SLICES * settings.sliceNanos());
        // The very first operation may connect, load and compile; after that no single one may outlast the other side's
        // patience.
        if (timed.overlong() && operations == 1 && round > 0) {
            throw tooLong(side, timed.reply().nanos());
        }
        return timed;
    }

    /** The failure of a side of which a single operation can not be measured. */
    static ForkFailedException tooLong(final SideName side, final long nanos) {
        return new ForkFailedException(
                side,
                ForkFailure.Kind.HANG,
                "a single operation took " + nanos / 1_000_000 + " ms; at most " + LockStep.FREEZE_LIMIT.toMillis()
                        + " ms can be measured: let the jig do less in one operation");
    }

    private boolean isStalled(final Timed timed) {
        return timed.reply().nanos() >= Math.max(STALLED_NANOS, 4 * settings.sliceNanos());
    }

    private boolean isSpent() {
        return Math.max(spentNanos[0], spentNanos[1]) >= settings.warmUpMostNanos()
                || Math.max(elapsedNanos[0], elapsedNanos[1]) >= MOST_TIMES * settings.warmUpMostNanos();
    }

    private boolean isLeastSpent() {
        return Math.min(spentNanos[0], spentNanos[1]) >= settings.warmUpLeastNanos();
    }

    private long estimate() {
        final double byFirst = settings.sliceNanos() / warmthFirst.nanosPerOperation();
        final double byOther = SLOWER_SIDE * settings.sliceNanos() / warmthOther.nanosPerOperation();
        return Math.max(1, Math.min(MOST_OPERATIONS, (long) Math.min(byFirst, byOther)));
    }
}
