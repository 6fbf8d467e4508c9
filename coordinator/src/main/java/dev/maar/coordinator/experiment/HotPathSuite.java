package dev.maar.coordinator.experiment;

import dev.maar.agent.job.JobResult;
import dev.maar.agent.job.JobSpec;
import dev.maar.agent.job.PairObservation;
import dev.maar.agent.job.Stage;
import dev.maar.agent.job.StageStatus;
import dev.maar.coordinator.dispatch.JobBoard;
import dev.maar.coordinator.plan.Plan;
import dev.maar.coordinator.plan.RunFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The hot-path suite on one side: the same live pairs as an experiment, with the same side on both, so that every fork is a sample.
 * For one thread.
 */
public final class HotPathSuite {

    private final Plan plan;
    private final RunFolder folder;
    private final JobBoard board;
    private final Progress progress;

    /**
     * A suite that has not begun.
     *
     * @param plan a plan whose sides are the same, and whose screen pairs are all run
     * @param folder where it is written down
     * @param board who does the jobs
     * @param progress told how it gets on
     */
    public HotPathSuite(final Plan plan, final RunFolder folder, final JobBoard board, final Progress progress) {
        this.plan = plan;
        this.folder = folder;
        this.board = board;
        this.progress = progress;
    }

    /**
     * Builds the suite and runs all its cells.
     *
     * @param pairs how many pairs a cell
     * @return what came of it
     * @throws PlanException when the suite does not build on that side; the message has the compiler's words
     * @throws IOException when the folder can not be written
     * @throws InterruptedException when interrupted
     */
    public HotPathResult run(final int pairs) throws PlanException, IOException, InterruptedException {
        folder.begin(plan);
        folder.agents(board.agents());
        final List<Case> cases = new ArrayList<>();
        for (final Plan.PlannedAdopter adopter : plan.adopters()) {
            build(adopter);
            adopter.cells().forEach(cell -> cases.add(new Case(adopter, cell, new ArrayList<>())));
        }
        final int planned = cases.size() * pairs;
        for (int index = 0; index < pairs; index++) {
            for (int i = 0; i < cases.size(); i++) {
                progress.pairs(index * cases.size() + i, planned);
                measure(cases.get(i), index);
            }
        }
        progress.pairs(planned, planned);
        return new HotPathResult(
                HotPathResult.SCHEMA,
                plan.sides().a().spec(),
                plan.seed(),
                cases.stream()
                        .map(each -> HotPathResult.row(each.cell().key(), each.observations()))
                        .toList());
    }

    /** A cell and what was observed of it so far. */
    private record Case(Plan.PlannedAdopter adopter, Plan.PlannedCell cell, List<PairObservation> observations) {}

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
        board.post(PairJobs.of(plan, measured.adopter(), cell, cell.screen().get(index), plan.session(), index));
        final JobResult result = board.take();
        if (result instanceof final JobResult.Undone undone) {
            throw new IOException("could not measure " + cell.key().id() + ": " + undone.reason());
        }
        folder.keep(result);
        measured.observations().addAll(((JobResult.Paired) result).observations());
    }
}
