package dev.maar.coordinator.cli;

import dev.maar.agent.job.JobResult;
import dev.maar.agent.job.JobSpec;
import dev.maar.agent.job.Side;
import dev.maar.agent.job.Verdict;
import dev.maar.agent.measure.Budget;
import dev.maar.agent.run.ResidentRunner;
import dev.maar.agent.sandbox.Sandbox;
import dev.maar.agent.source.FileTrees;
import dev.maar.agent.source.SideSpec;
import dev.maar.coordinator.dispatch.DirectBoard;
import dev.maar.coordinator.dispatch.EmbeddedFarm;
import dev.maar.coordinator.dispatch.JobBoard;
import dev.maar.coordinator.experiment.Experiment;
import dev.maar.coordinator.experiment.Request;
import dev.maar.coordinator.history.Costs;
import dev.maar.coordinator.inner.LoopEvent;
import dev.maar.coordinator.inner.LoopProgress;
import dev.maar.coordinator.inner.Telling;
import dev.maar.coordinator.merge.Merge;
import dev.maar.coordinator.plan.Plan;
import dev.maar.coordinator.plan.RunFolder;
import dev.maar.coordinator.report.Report;
import dev.maar.coordinator.report.ReportFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A farm for one adopter, whose builds, compiler and agent serve one experiment after the other. For one thread; an interrupt ends an experiment and
 * leaves the farm as good as it was.
 */
final class JigFarm implements AutoCloseable {

    private final MaarCommand maar;
    private final MeasureOptions options;
    private final Preparation preparation;
    private final Clock clock;
    private final Telling telling;
    private final EmbeddedFarm farm;
    private final ResidentRunner runner;
    private final Map<String, Long> testTimes = new HashMap<>();
    /** The adopter's files as the latest plan took them; those of the plan before are not needed any more. */
    private Optional<Path> snapshot = Optional.empty();

    private JigFarm(
            final MaarCommand maar,
            final MeasureOptions options,
            final Preparation preparation,
            final Clock clock,
            final Telling telling,
            final EmbeddedFarm farm)
            throws IOException, InterruptedException {
        this.maar = maar;
        this.options = options;
        this.preparation = preparation;
        this.clock = clock;
        this.telling = telling;
        this.farm = farm;
        this.runner = farm.residentRunner(
                maar.state().resolve("runs"),
                options.building().fresh(),
                doing -> telling.tell(new LoopEvent.Note(doing)),
                how -> telling.tell(new LoopEvent.Note(how)));
    }

    static JigFarm open(
            final MaarCommand maar,
            final MeasureOptions options,
            final Preparation preparation,
            final Request request,
            final Clock clock,
            final Telling telling)
            throws Exception {
        final Sandbox sandbox = preparation.sandbox(request);
        final EmbeddedFarm farm =
                EmbeddedFarm.open(maar.state(), sandbox, options.building().cacheBytes(), maar.agentSettings());
        try {
            return new JigFarm(maar, options, preparation, clock, telling, farm);
        } catch (final IOException | InterruptedException e) {
            farm.close();
            throw e;
        }
    }

    /** What came of one experiment. */
    record Done(Merge.Merged merged, Path folder, Plan plan, Report.Status status, boolean testsBroken) {

        int code() {
            if (status == Report.Status.ABORTED) {
                return ExitCode.INTERRUPTED;
            }
            return testsBroken ? ExitCode.REGRESSED : ExperimentSession.code(merged);
        }

        /** What is said of it all. */
        Verdict verdict() {
            final Verdict measured = merged.report().summary().verdict();
            return testsBroken ? measured.worse(Verdict.REGRESSED) : measured;
        }
    }

    /** The request with its sides and pairs fixed. */
    Plan plan(final Request request) throws Exception {
        if (snapshot.isPresent()) {
            FileTrees.delete(snapshot.get());
        }
        final Plan plan = preparation.planned(request, farm);
        snapshot = plan.adopters().stream()
                .map(adopter -> Path.of(adopter.recipe().directory()))
                .filter(directory -> directory.startsWith(farm.scratch().directory()))
                .findFirst();
        telling.tell(new LoopEvent.Planned(
                plan.id(),
                plan.sides().a().spec(),
                plan.sides().b().spec(),
                plan.adopters().stream()
                        .flatMap(adopter -> adopter.cells().stream())
                        .map(cell -> cell.key().id())
                        .toList()));
        return plan;
    }

    /** Builds the only adopter of a plan on both sides; measuring it then finds it built. */
    JobResult build(final Plan plan) throws InterruptedException {
        return runner.run(stages(plan));
    }

    private static JobSpec.Stages stages(final Plan plan) {
        final Plan.PlannedAdopter adopter = plan.adopters().get(0);
        return new JobSpec.Stages(
                plan.stagesJob(adopter.recipe().name()),
                plan.id(),
                plan.subject(),
                plan.sides(),
                adopter.recipe(),
                Set.copyOf(plan.stages()));
    }

    /**
     * Does an experiment.
     *
     * @param partial whether a report is wanted of one that was interrupted
     * @throws InterruptedException when interrupted and no report is wanted
     */
    Done run(
            final Plan plan, final Budget budget, final LoopProgress.Stopwatch stopwatch, final BooleanSupplier partial)
            throws IOException, InterruptedException {
        final RunFolder folder =
                new RunFolder(options.out(maar.state(), plan.id()).toAbsolutePath());
        runner.logTo(folder.logs());
        Report.Status status = Report.Status.COMPLETED;
        boolean broken = false;
        try (TestsBeside tests = new TestsBeside(runner, telling, testTimes);
                JobBoard board = new DirectBoard(runner, tests)) {
            if (plan.adopters().size() == 1) {
                tests.of(stages(plan));
            }
            final LoopProgress progress = new LoopProgress(telling, budget.rules(), plan.judged(), stopwatch);
            new Experiment(
                            plan,
                            folder,
                            board,
                            budget.rules(),
                            plan.judged(),
                            Costs.read(costs()),
                            progress,
                            LoopProgress.FIRST_PAIRS)
                    .run();
            tests.finish();
            broken = tests.broken();
        } catch (final InterruptedException e) {
            if (!partial.getAsBoolean()) {
                throw e;
            }
            // The interrupt is used up: from here on the partial report is written, undisturbed.
            status = Report.Status.ABORTED;
        }
        Costs.read(costs()).learned(plan, folder.kept()).write(costs());
        final Plan kept = folder.plan();
        final Merge.Merged merged = new Merge(kept, folder.path(), budget.rules(), kept.judged())
                .merge(folder.agents(), folder.kept(), status, clock.instant());
        ReportFolder.write(merged.report(), folder.path());
        return new Done(merged, folder.path(), kept, status, broken);
    }

    private Path costs() {
        return maar.state().resolve("costs.json");
    }

    /** Says why cells changed. */
    void reasons(final Done done, final boolean drawn) throws IOException, InterruptedException {
        if (done.status() == Report.Status.COMPLETED) {
            new Reasons(runner, telling, drawn).find(done);
        }
    }

    /** The same request with side a as it was resolved, wherever branches move meanwhile. */
    static Request fixed(final Request request, final Plan plan) throws Exception {
        final Side a = plan.sides().a();
        final boolean named = request.a().isPresent();
        return named || a.commit().isEmpty() ? request : request.withA(Optional.of(SideSpec.parse(a.commit())));
    }

    @Override
    public void close() throws IOException {
        try {
            runner.close();
        } finally {
            farm.close();
        }
    }
}
