package dev.maar.agent.measure;

import dev.maar.agent.fork.Fork;
import dev.maar.agent.fork.ForkFailedException;
import dev.maar.agent.fork.Patience;
import dev.maar.agent.fork.RunReply;
import dev.maar.agent.job.Attestation;
import dev.maar.agent.job.Both;
import dev.maar.agent.job.SideName;
import java.time.Duration;

/**
 * Two forks of which at most one is awake. Counts the operations of each, and keeps a fork from being frozen for longer than its
 * timers can bear: while one takes too long, the other is woken and waits, and the slice is called overlong. For one thread.
 */
final class LockStep {

    /** A quarter of Aeron's client liveness timeout of 10 s, the shortest in play. */
    static final Duration FREEZE_LIMIT = Duration.ofMillis(2_500);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(1);

    private final Fork a;
    private final Fork b;
    private final Duration silence;
    private final Duration freezeLimit;
    private final long[] operations = new long[2];
    private final long[] frozenSince = new long[2];

    /**
     * One slice.
     *
     * @param reply what the fork says of it
     * @param cpuNanos the CPU time of the fork's processes meanwhile
     * @param overlong whether the other side had to be woken meanwhile
     */
    record Timed(RunReply reply, long cpuNanos, boolean overlong) {

        double nanosPerOperation() {
            return (double) reply.nanos() / reply.operations();
        }

        double cpuNanosPerOperation() {
            return (double) cpuNanos / reply.operations();
        }
    }

    /** What is asked of the one fork that is awake. */
    private interface Request<T> {
        T to(Fork fork, Patience patience) throws ForkFailedException, InterruptedException;
    }

    private record Answer<T>(T value, long cpuNanos, boolean overlong) {}

    /**
     * Freezes both forks.
     *
     * @param forks the forks, set up
     * @param silence how long each answer may take
     * @param freezeLimit how long a fork may stay frozen, {@link #FREEZE_LIMIT}
     * @throws ForkFailedException when a fork can not be frozen
     * @throws InterruptedException when interrupted meanwhile
     */
    LockStep(final Both<Fork> forks, final Duration silence, final Duration freezeLimit)
            throws ForkFailedException, InterruptedException {
        this.a = forks.a();
        this.b = forks.b();
        this.silence = silence;
        this.freezeLimit = freezeLimit;
        freeze(a);
        freeze(b);
    }

    /** How many operations a side has been asked for. */
    long operations(final SideName side) {
        return operations[side.ordinal()];
    }

    /** Runs one slice on one side while the other is frozen. Both are frozen afterwards. */
    Timed slice(final SideName side, final long count) throws ForkFailedException, InterruptedException {
        operations[side.ordinal()] += count;
        final Answer<RunReply> answer = alone(side, (fork, patience) -> fork.run(count, patience));
        return new Timed(answer.value(), answer.cpuNanos(), answer.overlong());
    }

    /** What both sides say they have produced. */
    Both<Attestation> check(final SideName first) throws ForkFailedException, InterruptedException {
        final Attestation one = alone(first, Fork::check).value();
        final Attestation two = alone(first.other(), Fork::check).value();
        return first == SideName.A ? new Both<>(one, two) : new Both<>(two, one);
    }

    /** Finds both forks' child processes, so that their CPU time is seen. */
    void lookForProcesses() {
        a.lookForProcesses();
        b.lookForProcesses();
    }

    /** The most memory that a side's processes had resident so far; -1 when not known. */
    long peakMemoryBytes(final SideName side) {
        return fork(side).peakMemoryBytes();
    }

    /** Lets both forks end, at the same time: nothing is measured any more. */
    void end() throws ForkFailedException, InterruptedException {
        for (final SideName side : SideName.values()) {
            fork(side).thaw();
            fork(side).end();
        }
        for (final SideName side : SideName.values()) {
            fork(side).awaitEnd(silence);
        }
    }

    private <T> Answer<T> alone(final SideName side, final Request<T> request)
            throws ForkFailedException, InterruptedException {
        final Fork fork = fork(side);
        final Fork other = fork(side.other());
        final Duration left = freezeLimit.minusNanos(
                System.nanoTime() - frozenSince[side.other().ordinal()]);
        final boolean[] woken = new boolean[1];
        final long cpuBefore = fork.cpuNanos();
        fork.thaw();
        final T value = request.to(fork, new Patience(silence, left.isNegative() ? Duration.ZERO : left, () -> {
            other.thaw();
            woken[0] = true;
        }));
        freeze(fork);
        final long cpu = fork.cpuNanos() - cpuBefore;
        if (woken[0]) {
            freeze(other);
        }
        return new Answer<>(value, cpu, woken[0]);
    }

    private void freeze(final Fork fork) throws ForkFailedException, InterruptedException {
        fork.freeze(STOP_LIMIT);
        frozenSince[fork.side().ordinal()] = System.nanoTime();
    }

    private Fork fork(final SideName side) {
        return side == SideName.A ? a : b;
    }

    /** Whether the sides did not produce the same thing. */
    static boolean differ(final Both<Attestation> checks) {
        return checks.a().delivered() != checks.b().delivered()
                || !checks.a().checksum().equals(checks.b().checksum());
    }
}
