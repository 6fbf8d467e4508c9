package dev.maar.coordinator.experiment;

import dev.maar.agent.job.JobResult;
import dev.maar.agent.job.JobSpec;
import dev.maar.agent.job.PairObservation;
import dev.maar.agent.job.PairPlan;
import dev.maar.agent.job.Phase;
import dev.maar.agent.job.Stage;
import dev.maar.agent.job.StageStatus;
import dev.maar.agent.stats.MeasuringRules;
import dev.maar.agent.stats.Metric;
import dev.maar.agent.stats.Next;
import dev.maar.coordinator.dispatch.JobBoard;
import dev.maar.coordinator.history.Costs;
import dev.maar.coordinator.merge.CellCourse;
import dev.maar.coordinator.merge.CommonMode;
import dev.maar.coordinator.merge.ControlResults;
import dev.maar.coordinator.plan.Plan;
import dev.maar.coordinator.plan.RunFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An experiment's life, top to bottom: the plan is written down, every adopter is built and tested against both sides, then the cells
 * of those that build are measured in rounds, one pair a cell, until each is decided or has had all the looks it may have: first the
 * screens, then what they call for. When a control then shows that the session told equal sides apart, all is measured once more. What
 * comes back is on disk before it counts. For one thread.
 */
public final class Experiment {

    private Plan plan;
    private final RunFolder folder;
    private final JobBoard board;
    private final MeasuringRules rules;
    private final List<Metric> metrics;
    private final Costs costs;
    private final Progress progress;
    private final int ahead;

    /**
     * An experiment that has not begun.
     *
     * @param plan what it will do
     * @param folder where it is written down
     * @param board who does the jobs
     * @param rules when a cell is decided
     * @param metrics what is judged, the primary one first
     * @param costs what is known of the adopters' costs: the most expensive are begun first
     * @param progress told how it gets on
     */
    public Experiment(
            final Plan plan,
            final RunFolder folder,
            final JobBoard board,
            final MeasuringRules rules,
            final List<Metric> metrics,
            final Costs costs,
            final Progress progress) {
        this(plan, folder, board, rules, metrics, costs, progress, 0);
    }

    /**
     * An experiment that has not begun, for somebody who waits for a first answer about each cell.
     *
     * @param plan what it will do
     * @param folder where it is written down
     * @param board who does the jobs
     * @param rules when a cell is decided
     * @param metrics what is judged, the primary one first
     * @param costs what jobs took before
     * @param progress told how it gets on
     * @param ahead how many pairs of a cell come one after the other before all cells take turns; 0 for none
     */
    public Experiment(
            final Plan plan,
            final RunFolder folder,
            final JobBoard board,
            final MeasuringRules rules,
            final List<Metric> metrics,
            final Costs costs,
            final Progress progress,
            final int ahead) {
        this.plan = plan;
        this.folder = folder;
        this.board = board;
        this.rules = rules;
        this.metrics = List.copyOf(metrics);
        this.costs = costs;
        this.progress = progress;
        this.ahead = ahead;
    }

    /**
     * Does all of it.
     *
     * @return the plan that the kept pairs belong to: the one given, or its second session
     * @throws UndoneException when an agent can not measure at all
     * @throws IOException when the folder can not be written; what was kept until then is whole
     * @throws InterruptedException when interrupted; what was kept until then is whole
     */
    public Plan run() throws IOException, InterruptedException {
        folder.begin(plan);
        folder.agents(board.agents());
        final List<Plan.PlannedAdopter> builtAdopters = buildAndTest();
        if (plan.stages().contains(Stage.MEASURE)) {
            measure(builtAdopters);
            if (ControlResults.of(plan, rules, metrics, folder.kept().pairs()).voidsSession()) {
                progress.said("control failed: identical sides were told apart. All is measured again, once");
                folder.setAside(plan.session());
                plan = plan.again();
                folder.begin(plan);
                measure(again(builtAdopters));
            }
        }
        return plan;
    }

    /** The same adopters with the cells of the present plan. */
    private List<Plan.PlannedAdopter> again(final List<Plan.PlannedAdopter> builtAdopters) {
        final Set<String> names =
                builtAdopters.stream().map(adopter -> adopter.recipe().name()).collect(Collectors.toSet());
        return plan.adopters().stream()
                .filter(adopter -> names.contains(adopter.recipe().name()))
                .toList();
    }

    /** Builds and tests everybody; returns those that build on both sides. */
    private List<Plan.PlannedAdopter> buildAndTest() throws IOException, InterruptedException {
        final Map<String, Plan.PlannedAdopter> waiting = new LinkedHashMap<>();
        final TimeLeft timeLeft = TimeLeft.of(plan.adopters(), costs, System::nanoTime);
        // With several agents, one long job that is begun last would be waited for alone.
        for (final Plan.PlannedAdopter adopter : costs.longestFirst(plan.adopters())) {
            final String id = plan.stagesJob(adopter.recipe().name());
            waiting.put(id, adopter);
            board.post(new JobSpec.Stages(
                    id, plan.id(), plan.subject(), plan.sides(), adopter.recipe(), Set.copyOf(plan.stages())));
        }
        final Set<Plan.PlannedAdopter> builtAdopters = Collections.newSetFromMap(new IdentityHashMap<>());
        while (!waiting.isEmpty()) {
            final JobResult result = board.take();
            final Plan.PlannedAdopter adopter = waiting.remove(result.job());
            if (adopter == null) {
                continue;
            }
            final JobResult kept = result instanceof final JobResult.Staged staged
                    ? folder.withLogs(adopter.recipe().name(), staged)
                    : result;
            folder.keep(kept);
            timeLeft.done(adopter);
            progress.adopters(
                    plan.adopters().size() - waiting.size(), plan.adopters().size(), timeLeft.estimate());
            final boolean passed = kept instanceof final JobResult.Staged staged
                    && staged.builds().a().status() == StageStatus.PASS
                    && staged.builds().b().status() == StageStatus.PASS;
            if (passed) {
                builtAdopters.add(adopter);
            }
            progress.built(passed, StageLine.of(adopter.recipe().name(), kept, plan.stages()), StageLine.reason(kept));
        }
        // In the order of the plan, whichever was done first: rounds of pairs go by it.
        return plan.adopters().stream().filter(builtAdopters::contains).toList();
    }

    /** A cell that is being measured. */
    private static final class Open {
        private final Plan.PlannedAdopter adopter;
        private final Plan.PlannedCell cell;
        private final List<PairObservation> observations = new ArrayList<>();
        private Optional<Next.More> missing = Optional.empty();

        Open(final Plan.PlannedAdopter adopter, final Plan.PlannedCell cell) {
            this.adopter = adopter;
            this.cell = cell;
        }
    }

    private void measure(final List<Plan.PlannedAdopter> builtAdopters) throws IOException, InterruptedException {
        final List<Open> all = new ArrayList<>();
        for (final Plan.PlannedAdopter adopter : builtAdopters) {
            adopter.cells().forEach(cell -> all.add(new Open(adopter, cell)));
        }
        all.forEach(this::look);
        int session = 2 * plan.session() - 1;
        for (final Open cell : all) {
            while (cell.observations.size() < ahead
                    && !missing(List.of(cell), Phase.SCREEN).isEmpty()) {
                round(List.of(cell), all, session);
            }
        }
        for (List<Open> open = missing(all, Phase.SCREEN); !open.isEmpty(); open = missing(open, Phase.SCREEN)) {
            round(open, all, session);
        }
        final Optional<CommonMode> common = CommonMode.of(
                all.stream()
                        .filter(open -> plan.control(open.cell).isEmpty())
                        .map(this::course)
                        .toList(),
                metrics.get(0));
        if (common.isPresent()) {
            progress.said("common mode: " + common.get().words());
            session++;
        }
        for (List<Open> open = missing(all, Phase.CONFIRM); !open.isEmpty(); open = missing(open, Phase.CONFIRM)) {
            round(open, all, session);
        }
    }

    /** One pair for each open cell, so that a bad minute hits all of them a little. */
    private void round(final List<Open> open, final List<Open> all, final int session)
            throws IOException, InterruptedException {
        final Map<String, Open> waiting = new LinkedHashMap<>();
        for (final Open cell : open) {
            final JobSpec.Pairs job = nextPair(cell, session);
            waiting.put(job.id(), cell);
            board.post(job);
        }
        while (!waiting.isEmpty()) {
            tell(all);
            final JobResult result = board.take();
            final Open cell = waiting.remove(result.job());
            if (cell == null) {
                continue;
            }
            if (result instanceof final JobResult.Undone undone) {
                throw new UndoneException(
                        "the agent could not measure " + cell.cell.key().id() + ": " + undone.reason());
            }
            folder.keep(result);
            for (final PairObservation observation : ((JobResult.Paired) result).observations()) {
                cell.observations.add(observation);
                progress.observed(cell.cell, List.copyOf(cell.observations), observation);
            }
            look(cell);
            if (cell.missing.isEmpty()) {
                progress.decided(
                        cell.cell,
                        List.copyOf(cell.observations),
                        purpose(cell.cell) + CellLine.of(cell.cell.key(), course(cell), metrics));
            }
        }
        tell(all);
    }

    /** What sets a control apart, once it is measured, from the cell of the same name. */
    private String purpose(final Plan.PlannedCell cell) {
        if (cell.slowdown() > 0) {
            return "slowed on purpose: ";
        }
        return plan.control(cell).isPresent() ? "one side against itself, as a control: " : "";
    }

    private void tell(final List<Open> cells) {
        final int done =
                cells.stream().mapToInt(cell -> cell.observations.size()).sum();
        final int owed = cells.stream()
                .mapToInt(cell -> cell.missing.map(Next.More::pairs).orElse(0))
                .sum();
        progress.pairs(done, done + owed);
    }

    private JobSpec.Pairs nextPair(final Open cell, final int session) {
        final Phase phase = cell.missing.orElseThrow().phase();
        final int index = course(cell).done(phase);
        final PairPlan pair = cell.cell.pairs(phase).get(index);
        return PairJobs.of(plan, cell.adopter, cell.cell, pair, session, cell.observations.size());
    }

    private void look(final Open cell) {
        cell.missing = course(cell).missing();
    }

    private CellCourse course(final Open cell) {
        return new CellCourse(rules, metrics, cell.cell, cell.observations);
    }

    private static List<Open> missing(final List<Open> cells, final Phase phase) {
        return cells.stream()
                .filter(cell ->
                        cell.missing.filter(more -> more.phase() == phase).isPresent())
                .toList();
    }
}
