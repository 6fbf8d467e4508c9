package dev.maar.agent.measure;

import dev.maar.agent.fork.Fork;
import dev.maar.agent.fork.ForkFailedException;
import dev.maar.agent.fork.ForkSpec;
import dev.maar.agent.fork.ScratchSpace;
import dev.maar.agent.fork.ScratchSpace.PairScratch;
import dev.maar.agent.job.Attestation;
import dev.maar.agent.job.Both;
import dev.maar.agent.job.ForkFailure;
import dev.maar.agent.job.ForkNotes;
import dev.maar.agent.job.PairCost;
import dev.maar.agent.job.PairOutcome;
import dev.maar.agent.job.PairPlan;
import dev.maar.agent.job.PairSettings;
import dev.maar.agent.job.SideName;
import dev.maar.agent.job.Slice;
import dev.maar.agent.measure.LockStep.Timed;
import dev.maar.agent.sandbox.NoSandbox;
import dev.maar.agent.sandbox.Reaper;
import dev.maar.agent.sandbox.Sandbox;
import dev.maar.jig.LatencyRecorder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Runs live pairs: one fork a side, alive at the same time, of which only one is ever awake while something is timed. Whatever the
 * outcome, and when interrupted, no process and no scratch folder of a pair is left. One pair at a time: for one thread.
 */
public final class LivePair implements AutoCloseable {

    /** How much longer than the failed pair the other side's trial may take, and how long at the most. */
    private static final int TRIAL_TIMES = 4;

    private static final long TRIAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final ScratchSpace space;
    private final Fork.Starter starter;
    private long forkCpuNanos;
    private Stopwatch stopwatch = new Stopwatch();

    /**
     * Something that runs live pairs.
     *
     * @param reaper kills the forks and removes the folders if we die
     * @param scratchRoot a folder for the forks' temporary files; made when missing
     * @throws IOException when no scratch folders can be made
     */
    public LivePair(final Reaper reaper, final Path scratchRoot) throws IOException {
        this(reaper, new NoSandbox(), scratchRoot);
    }

    /**
     * Something that runs live pairs in a sandbox.
     *
     * @param reaper kills the forks and removes the folders if we die
     * @param sandbox what keeps forks to their place
     * @param scratchRoot a folder for the forks' temporary files; made when missing
     * @throws IOException when no scratch folders can be made
     */
    public LivePair(final Reaper reaper, final Sandbox sandbox, final Path scratchRoot) throws IOException {
        this.space = ScratchSpace.create(scratchRoot, reaper);
        this.starter = Fork.Starter.of(reaper, sandbox, space.onDisk());
    }

    /**
     * Runs one pair.
     *
     * @param forks what to start on each side
     * @param plan which side comes first
     * @param settings slices and warm-up
     * @param silence how long a fork may take for one answer
     * @return how it ended
     * @throws InterruptedException when interrupted meanwhile; everything is killed then
     * @throws IOException when this machine can not start programs or make folders
     */
    public PairOutcome run(
            final Both<ForkSpec> forks, final PairPlan plan, final PairSettings settings, final Duration silence)
            throws InterruptedException, IOException {
        final Progress progress = new Progress();
        stopwatch = new Stopwatch();
        try (PairScratch scratch = space.fresh()) {
            return together(forks, plan, settings, silence, scratch, progress);
        } catch (final ForkFailedException e) {
            final ForkFailure other = e.failure().kind() == ForkFailure.Kind.INFRA
                    ? ForkFailure.NONE
                    : alone(forks.of(e.side().other()), settings, silence, progress.operations, trialNanos(settings));
            return new PairOutcome.Failed(
                    e.side() == SideName.A ? new Both<>(e.failure(), other) : new Both<>(other, e.failure()));
        }
    }

    /**
     * The CPU time that all forks of all pairs so far have used, child processes included; their last moments, when they shut down,
     * are not. A {@link SurroundingsProbe} wants the difference over a pair.
     *
     * @return nanoseconds
     */
    public long forkCpuNanos() {
        return forkCpuNanos;
    }

    /**
     * Where the time of the latest pair went, as far as it came.
     *
     * @return its cost, without what was waited before it
     */
    public PairCost lastCost() {
        return stopwatch.cost();
    }

    /**
     * Removes the scratch folders.
     *
     * @throws IOException when one can not be removed
     */
    @Override
    public void close() throws IOException {
        space.remove();
    }

    /** How far a pair came: for the trial of the other side after a failure, and for the start-up time. */
    private static final class Progress {
        private long operations;
        /** When the first side's fork was ready, since its start; the other side's is looked at only after that. */
        private long readyNanos;
    }

    /** Takes the time of a pair's parts. */
    private static final class Stopwatch {

        private final long start = System.nanoTime();
        private long setUp = start;
        private long warm = start;
        private long measured = start;

        private void setUp() {
            setUp = System.nanoTime();
            warm = setUp;
            measured = setUp;
        }

        private void warm() {
            warm = System.nanoTime();
            measured = warm;
        }

        private void measured() {
            measured = System.nanoTime();
        }

        private PairCost cost() {
            final long now = System.nanoTime();
            return new PairCost(
                    0, millis(start, setUp), millis(setUp, warm), millis(warm, measured), millis(measured, now));
        }

        private static long millis(final long from, final long to) {
            return (to - from) / 1_000_000;
        }
    }

    private PairOutcome together(
            final Both<ForkSpec> specs,
            final PairPlan plan,
            final PairSettings settings,
            final Duration silence,
            final PairScratch scratch,
            final Progress progress)
            throws ForkFailedException, InterruptedException, IOException {
        final SideName first = plan.first();
        try (Fork one = starter.start(specs.of(first), scratch);
                Fork two = starter.start(specs.of(first.other()), scratch)) {
            final Both<Fork> forks = first == SideName.A ? new Both<>(one, two) : new Both<>(two, one);
            try {
                one.beginSetUp();
                two.beginSetUp();
                one.awaitSetUp(silence);
                progress.readyNanos = one.ageNanos();
                two.awaitSetUp(silence);
                requireOwnCheckouts(forks);
                stopwatch.setUp();
                return measure(new LockStep(forks, silence, LockStep.FREEZE_LIMIT), plan, settings, progress);
            } finally {
                forkCpuNanos += cpuNanos(one) + cpuNanos(two);
            }
        }
    }

    private PairOutcome measure(
            final LockStep lockStep, final PairPlan plan, final PairSettings settings, final Progress progress)
            throws ForkFailedException, InterruptedException {
        try {
            final WarmUp.Warm warm = new WarmUp(lockStep, settings, plan.first()).run();
            stopwatch.warm();
            final Both<Attestation> before =
                    warm.mismatch().isPresent() ? warm.mismatch().get() : lockStep.check(plan.first());
            if (LockStep.differ(before)) {
                return new PairOutcome.Mismatched(lockStep.operations(SideName.A), before);
            }
            lockStep.lookForProcesses();
            final List<Slice> slices = new ArrayList<>();
            final Both<LatencyRecorder> latencies = new Both<>(new LatencyRecorder(), new LatencyRecorder());
            final Optional<ForkFailedException> stalled = rounds(lockStep, plan, warm.operations(), slices, latencies);
            stopwatch.measured();
            final Both<Attestation> after = lockStep.check(plan.first());
            if (LockStep.differ(after)) {
                return new PairOutcome.Mismatched(lockStep.operations(SideName.A), after);
            }
            if (stalled.isPresent()) {
                throw stalled.get();
            }
            final long startUp = progress.readyNanos + warm.firstNanos();
            final Both<ForkNotes> notes = new Both<>(
                    notes(SideName.A, plan, startUp, lockStep, latencies),
                    notes(SideName.B, plan, startUp, lockStep, latencies));
            lockStep.end();
            return new PairOutcome.Measured(slices, warm.rounds(), after, notes);
        } finally {
            progress.operations = Math.max(lockStep.operations(SideName.A), lockStep.operations(SideName.B));
        }
    }

    private static ForkNotes notes(
            final SideName side,
            final PairPlan plan,
            final long startUpNanos,
            final LockStep lockStep,
            final Both<LatencyRecorder> latencies) {
        return new ForkNotes(
                side == plan.first() ? startUpNanos : -1,
                lockStep.peakMemoryBytes(side),
                new TreeMap<>(latencies.of(side).drain().byNanoseconds()));
    }

    /** Runs the rounds that count; ends after a round with a slice for which the other side could not stay frozen, and says so. */
    private static Optional<ForkFailedException> rounds(
            final LockStep lockStep,
            final PairPlan plan,
            final long operations,
            final List<Slice> slices,
            final Both<LatencyRecorder> latencies)
            throws ForkFailedException, InterruptedException {
        Optional<ForkFailedException> stalled = Optional.empty();
        for (int round = 0; round < plan.roundFirst().size() && stalled.isEmpty(); round++) {
            final SideName first = plan.roundFirst().get(round);
            for (final SideName side : List.of(first, first.other())) {
                final Timed timed = lockStep.slice(side, operations);
                timed.reply().latencyNs().forEach(latencies.of(side)::record);
                slices.add(new Slice(
                        round,
                        side,
                        operations,
                        timed.reply().nanos(),
                        timed.reply().allocatedBytes(),
                        timed.cpuNanos() > 0 ? timed.cpuNanos() : timed.reply().cpuNanos()));
                if (timed.overlong()) {
                    stalled = Optional.of(new ForkFailedException(
                            side,
                            ForkFailure.Kind.INFRA,
                            "slice " + round + " took " + timed.reply().nanos() / 1_000_000
                                    + " ms, longer than the other side may be frozen"));
                }
            }
        }
        return stalled;
    }

    /**
     * Two different trees in one place: then one side ran the other's files, through a link or a wrong path. Where both trees are known
     * to give the same artifact, one place is right.
     */
    private static void requireOwnCheckouts(final Both<Fork> forks) throws ForkFailedException {
        final Optional<Path> a = forks.a().subjectPath();
        final String artifact = forks.a().spec().expectedArtifactSha256();
        final boolean sameArtifact =
                !artifact.isEmpty() && artifact.equals(forks.b().spec().expectedArtifactSha256());
        final boolean differ =
                !forks.a().spec().side().tree().equals(forks.b().spec().side().tree());
        if (differ && !sameArtifact && a.isPresent() && a.equals(forks.b().subjectPath())) {
            throw new ForkFailedException(
                    SideName.B,
                    ForkFailure.Kind.ATTESTATION,
                    "both sides loaded the subject from " + a.get() + ", though their sources differ");
        }
    }

    /** On a busy machine the pair took its time, and so will the trial: a side that is cut short can not fail. */
    private long trialNanos(final PairSettings settings) {
        final long pair = System.nanoTime() - stopwatch.start;
        return Math.max(settings.warmUpMostNanos(), Math.min(TRIAL_TIMES * pair, TRIAL_NANOS));
    }

    private ForkFailure alone(
            final ForkSpec spec,
            final PairSettings settings,
            final Duration silence,
            final long operations,
            final long mostNanos)
            throws InterruptedException, IOException {
        try (PairScratch scratch = space.fresh();
                Fork fork = starter.start(spec, scratch)) {
            try {
                new Trial(fork, settings, silence, LockStep.FREEZE_LIMIT.dividedBy(2), mostNanos).run(operations);
            } finally {
                forkCpuNanos += cpuNanos(fork);
            }
            return ForkFailure.NONE;
        } catch (final ForkFailedException e) {
            return e.failure();
        }
    }

    private static long cpuNanos(final Fork fork) {
        fork.lookForProcesses();
        return fork.cpuNanos();
    }
}
