package dev.maar.coordinator.plan;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.OptBoolean;
import dev.maar.agent.job.AdopterRecipe;
import dev.maar.agent.job.Both;
import dev.maar.agent.job.CellKey;
import dev.maar.agent.job.JigRecipe;
import dev.maar.agent.job.JobJson;
import dev.maar.agent.job.PairPlan;
import dev.maar.agent.job.PairSettings;
import dev.maar.agent.job.Phase;
import dev.maar.agent.job.Side;
import dev.maar.agent.job.Stage;
import dev.maar.agent.job.SubjectRecipe;
import dev.maar.agent.measure.Schedule;
import dev.maar.agent.stats.Metric;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything an experiment will do, decided and written down before it does anything. What looks at results (how many of the drawn
 * pairs are run) is not in it.
 *
 * @param id the experiment's id
 * @param name what people call it
 * @param subject what is judged
 * @param sides the two sides
 * @param stages the stages, in order
 * @param budget the budget's name
 * @param settings how each live pair is run
 * @param metrics the names of the metrics that are judged, the primary one first; plans of before there were several judge time
 * @param seed the seed of everything random
 * @param session 1, or 2 when everything is measured again because a control of the first session flagged
 * @param startedAt when it was planned, ISO 8601
 * @param reproduce the command that runs it again
 * @param adopters the adopters, in the order in which they are done
 * @param controls which of the planned cells are controls. Only what judges all cells together looks here: to everyone else a control is a cell like any other
 */
public record Plan(
        String id,
        String name,
        SubjectRecipe subject,
        Both<Side> sides,
        List<Stage> stages,
        String budget,
        PairSettings settings,

        @JacksonInject(value = JobJson.ONLY_TIME, useInput = OptBoolean.TRUE)
        List<String> metrics,

        long seed,
        int session,
        String startedAt,
        String reproduce,
        List<PlannedAdopter> adopters,
        List<Control> controls) {

    /** Copies the lists. */
    public Plan {
        stages = List.copyOf(stages);
        metrics = List.copyOf(metrics);
        adopters = List.copyOf(adopters);
        controls = List.copyOf(controls);
    }

    /**
     * The same experiment for another session: every pair is drawn anew.
     *
     * @return the plan
     */
    public Plan again() {
        final int next = session + 1;
        final Map<String, String> renamed = new HashMap<>();
        final List<PlannedAdopter> redrawn = new ArrayList<>();
        for (final PlannedAdopter adopter : adopters) {
            final List<PlannedCell> cells = new ArrayList<>();
            for (final PlannedCell cell : adopter.cells()) {
                final String measurement = Schedule.measurement(seed, cell.key(), cells.size(), next);
                renamed.put(cell.measurement(), measurement);
                cells.add(cell.redrawn(measurement, seed, next, settings.rounds()));
            }
            redrawn.add(new PlannedAdopter(
                    adopter.recipe(), adopter.owners(), adopter.labels(), adopter.knownFlaky(), cells));
        }
        return new Plan(
                id,
                name,
                subject,
                sides,
                stages,
                budget,
                settings,
                metrics,
                seed,
                next,
                startedAt,
                reproduce,
                redrawn,
                controls.stream()
                        .map(control -> new Control(renamed.getOrDefault(control.measurement(), ""), control.kind()))
                        .toList());
    }

    /**
     * What a control is for.
     *
     * @param cell its measurement
     * @return the kind; nothing for a cell that is no control
     */
    public Optional<Control.Kind> control(final PlannedCell cell) {
        return controls.stream()
                .filter(control -> control.measurement().equals(cell.measurement()))
                .map(Control::kind)
                .findFirst();
    }

    /**
     * A cell of which is known what must come out.
     *
     * @param measurement the planned cell's measurement
     * @param kind what must come out
     */
    public record Control(String measurement, Kind kind) {

        /** The kinds of controls. */
        public enum Kind {
            /** Side a against a build of its own of the same content: no change. */
            SAME,
            /** The same, but that side b is slowed by a known share: that change. */
            SLOWED
        }
    }

    /**
     * From when on a difference of a cell matters.
     *
     * @param value m, as ln(b/a)
     * @param source where it comes from, in a few words
     */
    public record Threshold(double value, String source) {

        /**
         * That of a machine that was not calibrated.
         *
         * @param metric the metric
         * @return its threshold
         */
        public static Threshold uncalibrated(final Metric metric) {
            return new Threshold(metric.uncalibrated(), "not calibrated");
        }
    }

    /**
     * The metrics that are judged.
     *
     * @return the primary one first
     * @throws IllegalArgumentException when this version does not know one of them
     */
    public List<Metric> judged() {
        return metrics.stream().map(Metric::of).toList();
    }

    /**
     * The id of the job that builds and tests an adopter.
     *
     * @param adopter the adopter's name
     * @return the id
     */
    public String stagesJob(final String adopter) {
        return id + "/" + adopter + "/stages";
    }

    /**
     * An adopter's part of a plan.
     *
     * @param recipe how it is built, tested and measured
     * @param owners who answers for it
     * @param labels what it is tagged with
     * @param knownFlaky ids of the tests that its manifest says do not end the same way twice, but for those whose date has passed;
     *     plans of before this was asked know none
     * @param cells what is measured of it
     */
    public record PlannedAdopter(
            AdopterRecipe recipe,
            List<String> owners,
            List<String> labels,

            @JacksonInject(value = JobJson.NONE_FLAKY, useInput = OptBoolean.TRUE)
            List<String> knownFlaky,

            List<PlannedCell> cells) {
        /** Copies the lists. */
        public PlannedAdopter {
            owners = List.copyOf(owners);
            labels = List.copyOf(labels);
            knownFlaky = List.copyOf(knownFlaky);
            cells = List.copyOf(cells);
        }
    }

    /**
     * A cell's part of a plan: all the pairs that it may be given, drawn in advance.
     *
     * @param key what is measured
     * @param measurement tells it from other measurements of the same in this experiment; says nothing of what it is for
     * @param sides the two sides
     * @param slowdown how much slower the harness makes side b, as a share; 0 but for a positive control
     * @param thresholds by metric, where this machine was calibrated
     * @param jig by which jig
     * @param screen the pairs of the screen
     * @param confirm the pairs of the confirmation
     * @param reproduce the command that measures this cell again
     */
    public record PlannedCell(
            CellKey key,
            String measurement,
            Both<Side> sides,
            double slowdown,
            Map<String, Threshold> thresholds,
            JigRecipe jig,
            List<PairPlan> screen,
            List<PairPlan> confirm,
            String reproduce) {
        /** Copies the collections. */
        public PlannedCell {
            thresholds = Collections.unmodifiableMap(new TreeMap<>(thresholds));
            screen = List.copyOf(screen);
            confirm = List.copyOf(confirm);
        }

        /**
         * From when on a difference matters.
         *
         * @param metric the metric
         * @return its threshold
         */
        public Threshold threshold(final Metric metric) {
            final Optional<Threshold> calibrated = Optional.ofNullable(thresholds.get(metric.label()));
            return calibrated.orElseGet(() -> Threshold.uncalibrated(metric));
        }

        private PlannedCell redrawn(final String fresh, final long seed, final int attempt, final int rounds) {
            return new PlannedCell(
                    key,
                    fresh,
                    sides,
                    slowdown,
                    thresholds,
                    jig,
                    drawn(seed, Phase.SCREEN, attempt, screen.size(), rounds),
                    drawn(seed, Phase.CONFIRM, attempt, confirm.size(), rounds),
                    reproduce);
        }

        private List<PairPlan> drawn(
                final long seed, final Phase phase, final int attempt, final int pairs, final int rounds) {
            return Schedule.draw(seed, key, sides.a().tree(), sides.b().tree(), phase, attempt, pairs, rounds);
        }

        /**
         * The pairs of a phase.
         *
         * @param phase the phase
         * @return all that were drawn for it
         */
        public List<PairPlan> pairs(final Phase phase) {
            return switch (phase) {
                case SCREEN -> screen;
                case CONFIRM -> confirm;
            };
        }
    }
}
