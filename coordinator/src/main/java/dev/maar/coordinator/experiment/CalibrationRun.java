package dev.maar.coordinator.experiment;

import dev.maar.agent.job.Both;
import dev.maar.agent.job.JobResult;
import dev.maar.agent.job.JobSpec;
import dev.maar.agent.job.PairObservation;
import dev.maar.agent.job.PairOutcome;
import dev.maar.agent.job.PairPlan;
import dev.maar.agent.job.Phase;
import dev.maar.agent.job.Side;
import dev.maar.agent.job.Stage;
import dev.maar.agent.job.StageStatus;
import dev.maar.agent.measure.Budget;
import dev.maar.agent.measure.Schedule;
import dev.maar.agent.stats.Metric;
import dev.maar.agent.stats.PairEffect;
import dev.maar.coordinator.calibration.CalibrationStore;
import dev.maar.coordinator.calibration.CaseNoise;
import dev.maar.coordinator.dispatch.JobBoard;
import dev.maar.coordinator.plan.Plan;
import dev.maar.coordinator.plan.RunFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Measures this machine's noise: every planned cell with side a against a second build of the same content. For one thread.
 */
public final class CalibrationRun {

    private final Plan plan;
    private final Budget budget;
    private final RunFolder folder;
    private final JobBoard board;
    private final Progress progress;

    /**
     * A run that has not begun.
     *
     * @param plan what is measured; its side b does not matter
     * @param budget how each pair is run
     * @param folder where it is written down
     * @param board who does the jobs
     * @param progress told how it gets on
     */
    public CalibrationRun(
            final Plan plan,
            final Budget budget,
            final RunFolder folder,
            final JobBoard board,
            final Progress progress) {
        this.plan = plan;
        this.budget = budget;
        this.folder = folder;
        this.board = board;
        this.progress = progress;
    }

    /** A case, its pairs, and what was observed of it so far. */
    private record Case(
            Plan.PlannedAdopter adopter,
            Plan.PlannedCell cell,
            List<PairPlan> pairs,
            List<PairObservation> observations) {}

    /**
     * Builds, and runs all cases in rounds, one pair a case.
     *
     * @param pairs how many pairs a case; at least 20 for a threshold below the uncalibrated one
     * @return the noise of each case that could be measured
     * @throws PlanException when an adopter does not build
     * @throws IOException when the folder can not be written
     * @throws InterruptedException when interrupted
     */
    public List<CaseNoise> run(final int pairs) throws PlanException, IOException, InterruptedException {
        folder.begin(plan);
        folder.agents(board.agents());
        final List<Case> cases = new ArrayList<>();
        for (final Plan.PlannedAdopter adopter : plan.adopters()) {
            build(adopter);
            adopter.cells().forEach(cell -> cases.add(prepared(adopter, cell, pairs)));
        }
        final int planned = cases.size() * pairs;
        for (int index = 0; index < pairs; index++) {
            for (int i = 0; i < cases.size(); i++) {
                progress.pairs(index * cases.size() + i, planned);
                measure(cases.get(i), index);
            }
        }
        progress.pairs(planned, planned);
        final String machine = CalibrationStore.machine(board.agents().get(0));
        return cases.stream()
                .map(measured -> noise(machine, measured))
                .filter(noise -> !noise.effects().isEmpty())
                .toList();
    }

    private Case prepared(final Plan.PlannedAdopter adopter, final Plan.PlannedCell cell, final int pairs) {
        final Side a = cell.sides().a();
        final Plan.PlannedCell equal = new Plan.PlannedCell(
                cell.key(),
                cell.measurement(),
                new Both<>(a, a.twin()),
                0,
                cell.thresholds(),
                cell.jig(),
                cell.screen(),
                cell.confirm(),
                cell.reproduce());
        final int rounds = plan.settings().rounds();
        return new Case(
                adopter,
                equal,
                Schedule.draw(plan.seed(), cell.key(), a.tree(), a.tree(), Phase.SCREEN, 1, pairs, rounds),
                new ArrayList<>());
    }

    private void build(final Plan.PlannedAdopter adopter) throws PlanException, IOException, InterruptedException {
        board.post(new JobSpec.Stages(
                plan.stagesJob(adopter.recipe().name()),
                plan.id(),
                plan.subject(),
                plan.sides(),
                adopter.recipe(),
                Set.of(Stage.BUILD)));
        final JobResult result = board.take();
        folder.keep(result);
        if (result instanceof final JobResult.Undone undone) {
            throw new PlanException(adopter.recipe().name() + " can not be built: " + undone.reason());
        }
        final JobResult.Staged staged = (JobResult.Staged) result;
        if (staged.builds().a().status() != StageStatus.PASS) {
            throw new PlanException(adopter.recipe().name() + " does not build against "
                    + plan.sides().a().spec() + ": " + staged.builds().a().reason());
        }
    }

    private void measure(final Case measured, final int index) throws IOException, InterruptedException {
        final Plan.PlannedCell cell = measured.cell();
        board.post(PairJobs.of(plan, measured.adopter(), cell, measured.pairs().get(index), plan.session(), index));
        final JobResult result = board.take();
        if (result instanceof final JobResult.Undone undone) {
            throw new IOException("could not measure " + cell.key().id() + ": " + undone.reason());
        }
        folder.keep(result);
        measured.observations().addAll(((JobResult.Paired) result).observations());
    }

    private CaseNoise noise(final String machine, final Case measured) {
        final Map<String, List<Double>> effects = new TreeMap<>();
        final Map<String, Integer> disturbances = new TreeMap<>();
        for (final PairObservation pair : measured.observations()) {
            pair.disturbances().forEach(reason -> disturbances.merge(reason, 1, Integer::sum));
            if (!pair.discarded() && pair.outcome() instanceof final PairOutcome.Measured outcome) {
                for (final Metric metric : Metric.judged()) {
                    PairEffect.of(metric, outcome)
                            .ifPresent(effect -> effects.computeIfAbsent(metric.label(), label -> new ArrayList<>())
                                    .add(effect));
                }
            }
        }
        return new CaseNoise(
                machine,
                budget.label(),
                measured.cell().key(),
                plan.startedAt(),
                effects,
                disturbances,
                measured.observations().size());
    }
}
