package dev.maar.coordinator.experiment;

import dev.maar.agent.job.AgentFacts;
import dev.maar.agent.job.Attestation;
import dev.maar.agent.job.Both;
import dev.maar.agent.job.BuildOutcome;
import dev.maar.agent.job.CellKey;
import dev.maar.agent.job.JobResult;
import dev.maar.agent.job.JobSpec;
import dev.maar.agent.job.PairCost;
import dev.maar.agent.job.PairObservation;
import dev.maar.agent.job.PairOutcome;
import dev.maar.agent.job.PairPlan;
import dev.maar.agent.job.SideName;
import dev.maar.agent.job.Slice;
import dev.maar.agent.job.StageStatus;
import dev.maar.agent.job.SubjectOutcome;
import dev.maar.agent.job.Surroundings;
import dev.maar.agent.job.TestOutcome;
import dev.maar.agent.job.TestResult;
import dev.maar.coordinator.dispatch.JobBoard;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** A board whose agent does no work: builds end as told, pairs show the effect they are told to. Remembers what was posted. */
final class ScriptedBoard implements JobBoard {

    private static final BuildOutcome PASSED = new BuildOutcome(StageStatus.PASS, "", "", false, 10);

    private final Deque<JobSpec> jobs = new ArrayDeque<>();
    private final List<JobSpec> posted = new ArrayList<>();
    private final Map<String, BuildOutcome> buildsOfB = new HashMap<>();
    private BiFunction<JobSpec.Pairs, PairPlan, PairOutcome> pairs;
    private int disturbed;

    ScriptedBoard(final BiFunction<CellKey, PairPlan, PairOutcome> pairs) {
        this.pairs = (job, plan) -> pairs.apply(job.cell(), plan);
    }

    /** A board whose pairs depend on all of the job. */
    static ScriptedBoard byJob(final BiFunction<JobSpec.Pairs, PairPlan, PairOutcome> pairs) {
        final ScriptedBoard board = new ScriptedBoard((CellKey cell, PairPlan plan) -> measured(plan, 1));
        board.pairs = pairs;
        return board;
    }

    /** So many pairs are disturbed, show nonsense, and are run again. */
    ScriptedBoard disturbing(final int count) {
        disturbed = count;
        return this;
    }

    /** Side b of this adopter does not build. */
    ScriptedBoard failing(final String adopter, final String reason) {
        buildsOfB.put(adopter, new BuildOutcome(StageStatus.FAIL, reason, "", false, 10));
        return this;
    }

    /** A pair whose side b takes {@code ratio} times as long, with a little spread that depends on the pair. */
    static PairOutcome measured(final PairPlan plan, final double ratio) {
        final double spread = 1 + 0.002 * ((plan.index() * 7) % 5 - 2);
        final List<Slice> slices = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            slices.add(new Slice(round, SideName.A, 1000, 1_000_000, 0, 1_000_000));
            slices.add(new Slice(round, SideName.B, 1000, Math.round(1_000_000 * ratio * spread), 0, 1_000_000));
        }
        final Attestation attestation = new Attestation("", Map.of(), 4000, "abc");
        return new PairOutcome.Measured(slices, 3, new Both<>(attestation, attestation));
    }

    /** A pair whose side b allocates so many bytes an operation, as many as side a and these more; nothing else differs. */
    static PairOutcome allocating(final PairPlan plan, final long more) {
        final PairOutcome.Measured same = (PairOutcome.Measured) measured(plan, 1);
        final List<Slice> slices = same.slices().stream()
                .map(slice -> new Slice(
                        slice.round(),
                        slice.side(),
                        slice.operations(),
                        slice.nanos(),
                        slice.operations() * (slice.side() == SideName.A ? 64 : 64 + more),
                        slice.cpuNanos()))
                .toList();
        return new PairOutcome.Measured(slices, 3, same.attested());
    }

    /** The adopters in the order in which they were to be built. */
    List<String> begun() {
        return posted.stream()
                .filter(JobSpec.Stages.class::isInstance)
                .map(job -> ((JobSpec.Stages) job).adopter().name())
                .toList();
    }

    List<JobSpec.Pairs> postedPairs() {
        return posted.stream()
                .filter(JobSpec.Pairs.class::isInstance)
                .map(JobSpec.Pairs.class::cast)
                .toList();
    }

    @Override
    public void post(final JobSpec job) {
        jobs.add(job);
        posted.add(job);
    }

    @Override
    public JobResult take() {
        final JobSpec job = jobs.remove();
        if (job instanceof final JobSpec.Stages stages) {
            final BuildOutcome b = buildsOfB.getOrDefault(stages.adopter().name(), PASSED);
            final TestOutcome test = new TestOutcome(
                    StageStatus.PASS,
                    "",
                    Map.of("T#works", new TestResult(TestResult.Status.PASSED, "")),
                    "",
                    false,
                    10);
            return new JobResult.Staged(
                    job.id(),
                    "local",
                    new Both<>(
                            new SubjectOutcome(PASSED, "1-aaaa", "aaaa", 1_000),
                            new SubjectOutcome(PASSED, "1-bbbb", "bbbb", 1_100)),
                    new Both<>(PASSED, b),
                    new Both<>(test, b.status() == StageStatus.PASS ? test : TestOutcome.skipped("does not build")));
        }
        final JobSpec.Pairs measure = (JobSpec.Pairs) job;
        final List<PairObservation> observations = new ArrayList<>();
        for (final PairPlan plan : measure.pairs()) {
            if (disturbed > 0) {
                disturbed--;
                observations.add(observation(measure, plan, true, measured(plan, 2)));
            }
            observations.add(observation(measure, plan, false, pairs.apply(measure, plan)));
        }
        return new JobResult.Paired(job.id(), "local", observations);
    }

    private static PairObservation observation(
            final JobSpec.Pairs job, final PairPlan plan, final boolean discarded, final PairOutcome outcome) {
        return new PairObservation(
                job.cell(),
                job.measurement(),
                plan,
                "local",
                1,
                new Surroundings(0.1, 0, discarded ? 0.4 : 0, 0, 0, 2600, 0, 100),
                discarded ? List.of("other processes") : List.of(),
                discarded,
                new PairCost(0, 40, 30, 20, 10),
                outcome);
    }

    @Override
    public List<AgentFacts> agents() {
        return List.of(new AgentFacts("local", "here", "a CPU", 2, 1L << 30, "Linux", "6", List.of("17"), "none"));
    }

    @Override
    public void close() {
        jobs.clear();
    }
}
