package dev.maar.coordinator.evidence;

import dev.maar.agent.build.AdopterBuilder;
import dev.maar.agent.build.BuildContext;
import dev.maar.agent.build.BuildSettings;
import dev.maar.agent.build.BuiltAdopter;
import dev.maar.agent.build.SubjectArtifact;
import dev.maar.agent.build.SubjectBuilder;
import dev.maar.agent.fork.Fork;
import dev.maar.agent.fork.ForkFailedException;
import dev.maar.agent.fork.ForkSpec;
import dev.maar.agent.fork.ScratchSpace;
import dev.maar.agent.job.Both;
import dev.maar.agent.job.PairCost;
import dev.maar.agent.job.PairObservation;
import dev.maar.agent.job.PairOutcome;
import dev.maar.agent.job.PairPlan;
import dev.maar.agent.job.Phase;
import dev.maar.agent.job.Side;
import dev.maar.agent.job.Stage;
import dev.maar.agent.measure.Budget;
import dev.maar.agent.measure.LivePair;
import dev.maar.agent.measure.Schedule;
import dev.maar.agent.measure.WatchedPair;
import dev.maar.agent.sandbox.Reaper;
import dev.maar.agent.settings.AgentSettings;
import dev.maar.agent.source.GitSource;
import dev.maar.agent.stats.Metric;
import dev.maar.agent.stats.Next;
import dev.maar.coordinator.merge.CellCourse;
import dev.maar.coordinator.plan.Plan;
import dev.maar.jig.Jig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs trials with the shipped forks, pairs and decisions. For one thread. */
final class Bench implements AutoCloseable {

    private static final List<Metric> METRICS = List.of(Metric.TIME);

    private final Plan plan;
    private final GitSource source;
    private final BuildContext context;
    private final ScratchSpace space;
    private final Fork.Starter starter;
    private final LivePair livePair;
    private final WatchedPair watched;
    private final Path logs;
    private final Map<String, Ready> adopters = new HashMap<>();

    Bench(final Plan plan, final GitSource source, final Path folder, final Reaper reaper)
            throws IOException, InterruptedException {
        this.plan = plan;
        this.source = source;
        this.context =
                BuildContext.open(BuildSettings.defaults(folder.resolve("cache"), jig()), reaper, System.err::println);
        this.space = ScratchSpace.create(folder.resolve("solo"), reaper);
        this.starter = Fork.Starter.of(reaper, space.onDisk());
        this.livePair = new LivePair(reaper, folder.resolve("pairs"));
        this.watched = new WatchedPair(
                AgentSettings.defaults(), livePair::forkCpuNanos, livePair::lastCost, System.err::println);
        this.logs = folder.resolve("logs");
    }

    private static Path jig() throws IOException {
        try {
            return Path.of(Jig.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (final URISyntaxException e) {
            throw new IOException(e);
        }
    }

    /** One cell from its first pair to its verdict, and then the same time for the rivals. */
    Finding run(final Scenario.Trial trial, final Plan.PlannedAdopter adopter, final Plan.PlannedCell cell)
            throws Exception {
        final Scenario scenario = trial.scenario();
        final Budget budget = scenario.budget();
        final Both<ForkSpec> forks = forks(adopter, cell, scenario.slowdown());
        final List<PairObservation> pairs = new ArrayList<>();
        CellCourse course = new CellCourse(budget.rules(), METRICS, cell, pairs);
        for (Optional<Next.More> more = course.missing(); more.isPresent(); more = course.missing()) {
            final Phase phase = more.get().phase();
            final List<PairPlan> drawn = Schedule.draw(
                    plan.seed(),
                    cell.key(),
                    scenario.name(),
                    "",
                    phase,
                    trial.number() + 1,
                    cell.pairs(phase).size(),
                    budget.settings().rounds());
            final PairPlan pair = drawn.get(course.done(phase));
            for (final WatchedPair.Attempt attempt : watched.run(() ->
                    outcome(forks, pair, budget, adopter.recipe().timeouts().silenceMillis()))) {
                pairs.add(new PairObservation(
                        cell.key(),
                        cell.measurement(),
                        pair,
                        "local",
                        pairs.size() + 1,
                        attempt.surroundings(),
                        attempt.disturbances(),
                        attempt.discarded(),
                        attempt.cost(),
                        attempt.outcome()));
            }
            course = new CellCourse(budget.rules(), METRICS, cell, pairs);
        }
        return finding(trial, cell, course, pairs, new Solo(starter, space, forks, budget.settings()));
    }

    private PairOutcome outcome(
            final Both<ForkSpec> forks, final PairPlan pair, final Budget budget, final long silenceMillis)
            throws InterruptedException {
        try {
            return livePair.run(forks, pair, budget.settings(), Duration.ofMillis(silenceMillis));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Finding finding(
            final Scenario.Trial trial,
            final Plan.PlannedCell cell,
            final CellCourse course,
            final List<PairObservation> pairs,
            final Solo solo)
            throws IOException, ForkFailedException, InterruptedException {
        final CellCourse.Standing standing = course.standing(Metric.TIME);
        final PairCost cost = pairs.stream().map(PairObservation::cost).reduce(PairCost.NONE, PairCost::plus);
        final boolean rivals = trial.number() < trial.scenario().rivals()
                && standing.estimate().isPresent();
        return new Finding(
                trial.scenario().name(),
                trial.number(),
                cell.key().id(),
                standing.verdict(),
                cell.threshold(Metric.TIME).value(),
                standing.estimate().map(estimate -> estimate.effect()).orElse(0.0),
                (int) pairs.stream().filter(pair -> !pair.discarded()).count(),
                (int) pairs.stream().filter(PairObservation::discarded).count(),
                (int) pairs.stream()
                        .filter(pair ->
                                !pair.discarded() && !pair.disturbances().isEmpty())
                        .count(),
                cost,
                rivals ? solo.ezmsg(cost.total()) : List.of(),
                rivals ? solo.oneAfterTheOther(cost.total()) : List.of());
    }

    private Both<ForkSpec> forks(final Plan.PlannedAdopter adopter, final Plan.PlannedCell cell, final double slowdown)
            throws Exception {
        final Side a = plan.sides().a();
        final Both<Side> sides = new Both<>(a, a.twin());
        final String name = adopter.recipe().name();
        Ready ready = adopters.get(name);
        if (ready == null) {
            final SubjectArtifact one = subject(sides.a());
            final SubjectArtifact two = subject(sides.b());
            ready = new Ready(
                    new Both<>(one, two), new Both<>(built(adopter, one, sides.a()), built(adopter, two, sides.b())));
            adopters.put(name, ready);
        }
        return new Both<>(
                fork(
                        adopter,
                        cell,
                        sides.a(),
                        ready.subjects().a(),
                        ready.adopters().a()),
                fork(
                                adopter,
                                cell,
                                sides.b(),
                                ready.subjects().b(),
                                ready.adopters().b())
                        .withSlowdown(slowdown));
    }

    /** What both sides of an adopter need to be measured. */
    private record Ready(Both<SubjectArtifact> subjects, Both<BuiltAdopter> adopters) {}

    private SubjectArtifact subject(final Side side) throws Exception {
        return new SubjectBuilder(context)
                .build(plan.subject(), side, source)
                .artifact()
                .orElseThrow();
    }

    private BuiltAdopter built(final Plan.PlannedAdopter adopter, final SubjectArtifact subject, final Side side)
            throws Exception {
        return new AdopterBuilder(context).build(adopter.recipe(), subject, side, Set.of(Stage.BUILD));
    }

    private ForkSpec fork(
            final Plan.PlannedAdopter adopter,
            final Plan.PlannedCell cell,
            final Side side,
            final SubjectArtifact subject,
            final BuiltAdopter built) {
        return new ForkSpec(
                side.name(),
                cell.jig().program(),
                built.classPath(),
                side,
                plan.subject(),
                adopter.recipe().resources(),
                cell.key().setting(),
                plan.seed(),
                subject.sha256(),
                subject.entry(),
                built.directory(),
                logs.resolve(side.name().label() + ".log"));
    }

    @Override
    public void close() throws IOException {
        livePair.close();
        space.remove();
    }
}
