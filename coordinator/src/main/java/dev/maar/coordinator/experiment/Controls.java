package dev.maar.coordinator.experiment;

import dev.maar.agent.job.Both;
import dev.maar.agent.job.CellKey;
import dev.maar.agent.job.JigRecipe;
import dev.maar.agent.job.PairPlan;
import dev.maar.agent.job.Phase;
import dev.maar.agent.job.Side;
import dev.maar.agent.measure.Budget;
import dev.maar.agent.measure.Schedule;
import dev.maar.agent.stats.Metric;
import dev.maar.coordinator.plan.Plan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An experiment's checks of itself, planned among its cells: side a against another build of the same content, of which nothing must come
 * out, and the same with a known slowdown, which must be found. They are measured like any other cell. Pure.
 *
 * @param adopters the adopters with their cells, controls among them
 * @param controls which of the cells these are
 */
record Controls(List<Plan.PlannedAdopter> adopters, List<Plan.Control> controls) {

    /** One A/A cell for so many cells, and at least one. */
    private static final double SHARE = 0.05;

    /** The slowdown of a positive control, in thresholds. */
    private static final double SLOWDOWN = 1.5;

    /** Copies the lists. */
    Controls {
        adopters = List.copyOf(adopters);
        controls = List.copyOf(controls);
    }

    /** No controls. */
    static Controls none(final List<Plan.PlannedAdopter> adopters) {
        return new Controls(adopters, List.of());
    }

    /** Where a cell is planned. */
    private record Place(int adopter, int cell) {}

    /**
     * Plans controls. They are of the cells that cost the least time, drawn among these: what a control must notice, a bias of the
     * session, the machine or the method, does not ask which cell it is in. The draw hangs on what is measured and not on the seed, so
     * that the second build that controls need is found again by the next run of the same; where they come in the schedule, and under
     * what ids, hangs on the seed.
     *
     * @param adopters what is measured
     * @param a side a
     * @param budget how much time a cell may take
     * @param seed the experiment's seed
     * @return the adopters with controls among their cells
     */
    static Controls among(
            final List<Plan.PlannedAdopter> adopters, final Side a, final Budget budget, final long seed) {
        final List<Place> places = cheapestFirst(adopters, a);
        final int same = Math.min(places.size(), Math.max(1, (int) Math.round(SHARE * places.size())));
        final List<Planned> planned = new ArrayList<>();
        for (final Place place : places.subList(0, same)) {
            planned.add(new Planned(place, Plan.Control.Kind.SAME));
        }
        places.stream()
                .filter(place -> cell(adopters, place).jig().program() instanceof JigRecipe.JvmJig)
                .findFirst()
                .ifPresent(place -> planned.add(new Planned(place, Plan.Control.Kind.SLOWED)));
        return inserted(adopters, planned, new Both<>(a, a.twin()), budget, seed);
    }

    private record Planned(Place place, Plan.Control.Kind kind) {}

    /** Cells without a media driver to start come first; among equals the order is drawn. */
    private static List<Place> cheapestFirst(final List<Plan.PlannedAdopter> adopters, final Side a) {
        final List<Place> all = new ArrayList<>();
        for (int adopter = 0; adopter < adopters.size(); adopter++) {
            final int number = adopter;
            IntStream.range(0, adopters.get(adopter).cells().size()).forEach(cell -> all.add(new Place(number, cell)));
        }
        return Schedule.order(0, "controls " + a.tree(), all.size()).stream()
                .map(all::get)
                .sorted(Comparator.comparing(
                        place -> !isLocal(cell(adopters, place).key())))
                .toList();
    }

    private static boolean isLocal(final CellKey key) {
        return key.setting().getOrDefault("transport", "local").equals("local");
    }

    private static Plan.PlannedCell cell(final List<Plan.PlannedAdopter> adopters, final Place place) {
        return adopters.get(place.adopter()).cells().get(place.cell());
    }

    private static Controls inserted(
            final List<Plan.PlannedAdopter> adopters,
            final List<Planned> planned,
            final Both<Side> sides,
            final Budget budget,
            final long seed) {
        final List<List<Plan.PlannedCell>> cells = new ArrayList<>();
        adopters.forEach(adopter -> cells.add(new ArrayList<>(adopter.cells())));
        final List<Plan.Control> controls = new ArrayList<>();
        for (int number = 0; number < planned.size(); number++) {
            final Planned next = planned.get(number);
            final Plan.PlannedCell control =
                    control(cell(adopters, next.place()), next.kind(), sides, budget, seed, number + 1);
            controls.add(new Plan.Control(control.measurement(), next.kind()));
            final List<Plan.PlannedCell> among = cells.get(next.place().adopter());
            among.add(
                    Schedule.order(seed, control.measurement(), among.size() + 1)
                            .get(0),
                    control);
        }
        final List<Plan.PlannedAdopter> with = new ArrayList<>();
        for (int i = 0; i < adopters.size(); i++) {
            final Plan.PlannedAdopter adopter = adopters.get(i);
            with.add(new Plan.PlannedAdopter(
                    adopter.recipe(), adopter.owners(), adopter.labels(), adopter.knownFlaky(), cells.get(i)));
        }
        return new Controls(with, controls);
    }

    private static Plan.PlannedCell control(
            final Plan.PlannedCell like,
            final Plan.Control.Kind kind,
            final Both<Side> sides,
            final Budget budget,
            final long seed,
            final int number) {
        final boolean slowed = kind == Plan.Control.Kind.SLOWED;
        // While somebody waits, a known slowdown that the screen finds is enough: confirming it takes twice as long
        // again.
        final int confirm =
                slowed && budget == Budget.QUICK ? 0 : like.confirm().size();
        return new Plan.PlannedCell(
                like.key(),
                Schedule.measurement(seed, like.key(), number, 1),
                sides,
                slowed ? Math.expm1(SLOWDOWN * like.threshold(Metric.TIME).value()) : 0,
                like.thresholds(),
                like.jig(),
                draw(like, sides, Phase.SCREEN, like.screen().size(), budget, seed),
                draw(like, sides, Phase.CONFIRM, confirm, budget, seed),
                like.reproduce());
    }

    private static List<PairPlan> draw(
            final Plan.PlannedCell like,
            final Both<Side> sides,
            final Phase phase,
            final int pairs,
            final Budget budget,
            final long seed) {
        final int rounds = budget.settings().rounds();
        return Schedule.draw(seed, like.key(), sides.a().tree(), sides.b().tree(), phase, 1, pairs, rounds);
    }
}
