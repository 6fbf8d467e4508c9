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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    public HotPathSuite(
            final Plan plan, final RunFolder folder, final JobBoard board, final Progress progress) {
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
        final Map<String, List<PairObservation>> observations = new LinkedHashMap<>();
        for (final Plan.PlannedAdopter adopter : plan.adopters()) {
            build(adopter);
            adopter.cells().forEach(cell -> observations.put(cell.key().id(), new ArrayList<>()));
        }
        final int planned = observations.size() * pairs;
        int done = 0;
        for (int index = 0; index < pairs; index++) {
            for (final Plan.PlannedAdopter adopter : plan.adopters()) {
                for (final Plan.PlannedCell cell : adopter.cells()) {
                    progress.pairs(done++, planned);
                    observations.get(cell.key().id()).addAll(measure(adopter, cell, index));
                }
            }
        }
        progress.pairs(done, planned);
        return new HotPathResult(
                HotPathResult.SCHEMA,
                plan.sides().a().spec(),
                plan.seed(),
                plan.adopters().stream()
                        .flatMap(adopter -> adopter.cells().stream())
                        .map(cell -> HotPathResult.row(
                                cell.key(), observations.get(cell.key().id())))
                        .toList());
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

    private List<PairObservation> measure(
            final Plan.PlannedAdopter adopter, final Plan.PlannedCell cell, final int index)
            throws IOException, InterruptedException {
        board.post(PairJobs.of(plan, adopter, cell, cell.screen().get(index), index));
        final JobResult result = board.take();
        if (result instanceof final JobResult.Undone undone) {
            throw new IOException("could not measure " + cell.key().id() + ": " + undone.reason());
        }
        folder.keep(result);
        return ((JobResult.Paired) result).observations();
    }
}
