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
import dev.maar.agent.stats.Metric;
import java.util.List;

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
 * @param startedAt when it was planned, ISO 8601
 * @param reproduce the command that runs it again
 * @param adopters the adopters, in the order in which they are done
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
        String startedAt,
        String reproduce,
        List<PlannedAdopter> adopters) {

    /** Copies the lists. */
    public Plan {
        stages = List.copyOf(stages);
        metrics = List.copyOf(metrics);
        adopters = List.copyOf(adopters);
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
     * @param cells what is measured of it
     */
    public record PlannedAdopter(
            AdopterRecipe recipe, List<String> owners, List<String> labels, List<PlannedCell> cells) {
        /** Copies the lists. */
        public PlannedAdopter {
            owners = List.copyOf(owners);
            labels = List.copyOf(labels);
            cells = List.copyOf(cells);
        }
    }

    /**
     * A cell's part of a plan: all the pairs that it may be given, drawn in advance.
     *
     * @param key what is measured
     * @param jig by which jig
     * @param screen the pairs of the screen
     * @param confirm the pairs of the confirmation
     * @param reproduce the command that measures this cell again
     */
    public record PlannedCell(
            CellKey key, JigRecipe jig, List<PairPlan> screen, List<PairPlan> confirm, String reproduce) {
        /** Copies the lists. */
        public PlannedCell {
            screen = List.copyOf(screen);
            confirm = List.copyOf(confirm);
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
