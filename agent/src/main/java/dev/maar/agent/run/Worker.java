package dev.maar.agent.run;

import dev.maar.agent.build.AdopterBuilder;
import dev.maar.agent.build.BuildContext;
import dev.maar.agent.build.BuiltAdopter;
import dev.maar.agent.build.SubjectArtifact;
import dev.maar.agent.build.SubjectBuild;
import dev.maar.agent.build.SubjectVariables;
import dev.maar.agent.fork.ForkFailedException;
import dev.maar.agent.fork.ForkSpec;
import dev.maar.agent.job.AdopterRecipe;
import dev.maar.agent.job.AgentFacts;
import dev.maar.agent.job.Both;
import dev.maar.agent.job.ForkFailure;
import dev.maar.agent.job.JigRecipe;
import dev.maar.agent.job.JobResult;
import dev.maar.agent.job.JobSpec;
import dev.maar.agent.job.PairObservation;
import dev.maar.agent.job.PairOutcome;
import dev.maar.agent.job.PairPlan;
import dev.maar.agent.job.Side;
import dev.maar.agent.job.SideName;
import dev.maar.agent.job.Stage;
import dev.maar.agent.job.StageStatus;
import dev.maar.agent.job.SubjectRecipe;
import dev.maar.agent.measure.LivePair;
import dev.maar.agent.measure.WatchedPair;
import dev.maar.agent.profile.Profile;
import dev.maar.agent.profile.Profiler;
import dev.maar.agent.settings.AgentSettings;
import dev.maar.agent.source.Jdks;
import dev.maar.agent.source.ScratchSpace;
import dev.maar.agent.source.SideSource;
import dev.maar.agent.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An agent's hands: builds, tests and measures what a job asks for, on this machine. What was built once is found again in the cache;
 * the class paths of this run are kept in memory, so that a pair starts without looking anything up. For one thread.
 */
public final class Worker implements JobRunner {

    private final AgentFacts facts;
    private final BuildContext context;
    private final ScratchSpace scratch;
    private Path logs;
    private final Consumer<String> doing;
    private final AgentSettings settings;
    private Session session;
    private final BuiltSubjects subjects;
    private final Map<BuiltKey, StageRun.Ready> built = new HashMap<>();

    /**
     * A worker.
     *
     * @param facts who it is
     * @param context caches and limits of builds, and who kills what it starts if we die
     * @param scratch for temporary folders
     * @param jdks the JDKs that sides may name
     * @param logs where the logs of forks go
     * @param settings what disturbs a measurement, and how much time that may cost
     * @param doing told what is being done, in a few words
     * @throws IOException when the scratch folders can not be made
     */
    public Worker(
            final AgentFacts facts,
            final BuildContext context,
            final ScratchSpace scratch,
            final Jdks jdks,
            final Path logs,
            final AgentSettings settings,
            final Consumer<String> doing)
            throws IOException {
        this.facts = facts;
        this.context = context;
        this.scratch = scratch;
        this.logs = logs;
        this.doing = doing;
        this.settings = settings;
        this.subjects = new BuiltSubjects(context, scratch, jdks);
        this.session = session(0);
    }

    @Override
    public AgentFacts facts() {
        return facts;
    }

    @Override
    public JobResult run(final JobSpec job) throws InterruptedException {
        try {
            if (job instanceof final JobSpec.Stages stages) {
                return stages(stages);
            }
            return pairs((JobSpec.Pairs) job);
        } catch (final IOException | SourceException e) {
            return new JobResult.Undone(job.id(), facts.id(), e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        try {
            session.livePair().close();
        } finally {
            // What this worker used was used last.
            context.cache().close();
            context.cache().evict(context.settings().cacheBytes());
        }
    }

    /** What pairs of one session share: scratch folders, and what is known of the machine. */
    private record Session(int number, LivePair livePair, WatchedPair watched) {}

    private Session session(final int number) throws IOException {
        final LivePair livePair = new LivePair(context.reaper(), context.sandbox(), scratch.fresh("forks"));
        return new Session(
                number, livePair, new WatchedPair(settings, livePair::forkCpuNanos, livePair::lastCost, doing));
    }

    /** The content a build depends on, as far as it can differ within a run. */
    private record BuiltKey(String adopter, String content, String tree, String jdk, int copy) {}

    private JobResult.Staged stages(final JobSpec.Stages job)
            throws IOException, InterruptedException, SourceException {
        final Both<StageRun.Staged> staged =
                new StageRun(context, side -> subjects.build(job.subject(), side), doing).run(job);
        for (final SideName name : SideName.values()) {
            final Optional<StageRun.Ready> ready = staged.of(name).ready();
            // Tests that filled their place beyond its limit have cost the adopter its folder; it is built again where
            // it is needed.
            if (ready.isPresent()
                    && ready.get().adopter().passed()
                    && Files.isDirectory(ready.get().adopter().directory())) {
                built.put(keyOf(job.adopter(), job.sides().of(name)), ready.get());
            }
        }
        return new JobResult.Staged(
                job.id(),
                facts.id(),
                new Both<>(staged.a().subject(), staged.b().subject()),
                new Both<>(staged.a().build(), staged.b().build()),
                new Both<>(staged.a().test(), staged.b().test()));
    }

    /** An adopter as it was built against a side in this run; nothing when it was not. */
    Optional<StageRun.Ready> built(final AdopterRecipe adopter, final Side side) {
        return Optional.ofNullable(built.get(keyOf(adopter, side)));
    }

    /** From now on pairs of the adopter and the side run this. */
    void provide(final AdopterRecipe adopter, final Side side, final StageRun.Ready ready) {
        built.put(keyOf(adopter, side), ready);
    }

    /** Watches the fork that a side of a pair would have, after the pairs and by itself. */
    Profile profile(final JobSpec.Pairs job, final SideName name, final Profiler profiler, final Duration time)
            throws ForkFailedException, IOException, InterruptedException, SourceException {
        final ForkSpec spec = fork(job, job.pairs().get(0), ready(job, name), name);
        return profiler.run(
                spec, time, Duration.ofMillis(job.adopter().timeouts().silenceMillis()));
    }

    /** From now on the logs of forks go here. */
    void logTo(final Path folder) {
        logs = folder;
    }

    /** Where a subject's content is. */
    SideSource sourceOf(final SubjectRecipe recipe) throws IOException, InterruptedException, SourceException {
        return subjects.source(recipe);
    }

    private JobResult pairs(final JobSpec.Pairs job) throws IOException, InterruptedException, SourceException {
        final Both<StageRun.Ready> ready = new Both<>(ready(job, SideName.A), ready(job, SideName.B));
        if (session.number() != job.session()) {
            session.livePair().close();
            session = session(job.session());
        }
        final List<PairObservation> observations = new ArrayList<>();
        for (final PairPlan plan : job.pairs()) {
            observations.addAll(observe(job, plan, ready));
        }
        return new JobResult.Paired(job.id(), facts.id(), observations);
    }

    private List<PairObservation> observe(
            final JobSpec.Pairs job, final PairPlan plan, final Both<StageRun.Ready> ready)
            throws InterruptedException {
        final List<PairObservation> observations = new ArrayList<>();
        for (final WatchedPair.Attempt attempt : session.watched().run(() -> outcome(job, plan, ready))) {
            observations.add(new PairObservation(
                    job.cell(),
                    job.measurement(),
                    plan,
                    facts.id(),
                    observations.size() + 1,
                    attempt.surroundings(),
                    attempt.disturbances(),
                    attempt.discarded(),
                    attempt.cost(),
                    attempt.outcome()));
        }
        return observations;
    }

    private PairOutcome outcome(final JobSpec.Pairs job, final PairPlan plan, final Both<StageRun.Ready> ready)
            throws InterruptedException {
        try {
            final Both<ForkSpec> forks = new Both<>(
                    fork(job, plan, ready.a(), SideName.A),
                    fork(job, plan, ready.b(), SideName.B).withSlowdown(job.slowdown()));
            return session.livePair()
                    .run(
                            forks,
                            plan,
                            job.settings(),
                            Duration.ofMillis(job.adopter().timeouts().silenceMillis()));
        } catch (final IOException e) {
            final ForkFailure failure = new ForkFailure(ForkFailure.Kind.INFRA, String.valueOf(e.getMessage()));
            return new PairOutcome.Failed(new Both<>(failure, failure));
        }
    }

    private ForkSpec fork(
            final JobSpec.Pairs job, final PairPlan plan, final StageRun.Ready side, final SideName name) {
        final String log = job.cell().id().replaceAll("[^A-Za-z0-9=,._-]", ".") + "." + job.measurement() + "."
                + plan.phase().label() + "-" + plan.index() + "." + name.label() + ".log";
        final Path directory = side.adopter().directory();
        final SubjectVariables variables = SubjectVariables.of(
                side.artifact(), context.repository(), name, directory, directory.resolveSibling("work"));
        final boolean process = job.jig().program() instanceof JigRecipe.ProcessJig;
        final JigRecipe.Program program = job.jig().program() instanceof final JigRecipe.ProcessJig jig
                ? new JigRecipe.ProcessJig(variables.in(jig.command()))
                : job.jig().program();
        final ForkSpec spec = new ForkSpec(
                name,
                program,
                side.adopter().classPath(),
                job.sides().of(name),
                job.subject(),
                job.adopter().resources(),
                job.cell().setting(),
                job.seed(),
                // Without an artifact there are no bytes to hold against its hash, only a place.
                side.artifact().jar().isPresent() ? side.artifact().sha256() : "",
                side.artifact().entry(),
                directory,
                logs.resolve(log));
        return process ? spec.withEnvironment(variables.environment()) : spec;
    }

    private StageRun.Ready ready(final JobSpec.Pairs job, final SideName name)
            throws IOException, InterruptedException, SourceException {
        final Side side = job.sides().of(name);
        final BuiltKey key = keyOf(job.adopter(), side);
        final StageRun.Ready known = built.get(key);
        if (known != null) {
            return known;
        }
        final SubjectBuild subject = subjects.build(job.subject(), side);
        final SubjectArtifact artifact = subject.artifact()
                .orElseThrow(() -> new IOException("the subject does not build on side " + name.label() + ": "
                        + subject.outcome().build().reason()));
        final BuiltAdopter adopter =
                new AdopterBuilder(context).build(job.adopter(), artifact, side, Set.of(Stage.BUILD));
        if (adopter.outcome().status() != StageStatus.PASS) {
            throw new IOException(job.adopter().name() + " does not build on side " + name.label() + ": "
                    + adopter.outcome().reason());
        }
        final StageRun.Ready fresh = new StageRun.Ready(adopter, artifact);
        built.put(key, fresh);
        return fresh;
    }

    private static BuiltKey keyOf(final AdopterRecipe adopter, final Side side) {
        return new BuiltKey(adopter.name(), adopter.contentSha256(), side.tree(), side.jdk(), side.copy());
    }
}
