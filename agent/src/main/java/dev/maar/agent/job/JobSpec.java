package dev.maar.agent.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Set;

/** What an agent leases: a piece of an experiment that one agent does by itself. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = JobSpec.Stages.class, name = "stages"),
    @JsonSubTypes.Type(value = JobSpec.Pairs.class, name = "pairs")
})
public sealed interface JobSpec {

    /**
     * The job's id, unique within the store; a result counts once under it.
     *
     * @return the id
     */
    String id();

    /**
     * The experiment it belongs to.
     *
     * @return the experiment's id
     */
    String experiment();

    /**
     * Build one adopter against both sides, and test it where asked.
     *
     * @param id the job's id
     * @param experiment the experiment's id
     * @param subject what is judged
     * @param sides the two sides
     * @param adopter the adopter
     * @param stages which of build and test to do
     */
    record Stages(
            String id,
            String experiment,
            SubjectRecipe subject,
            Both<Side> sides,
            AdopterRecipe adopter,
            Set<Stage> stages)
            implements JobSpec {
        /** Copies the set. */
        public Stages {
            stages = Set.copyOf(stages);
        }
    }

    /**
     * Measure one cell by some live pairs.
     *
     * @param id the job's id
     * @param experiment the experiment's id
     * @param subject what is judged
     * @param sides the two sides
     * @param adopter the adopter
     * @param jig the jig
     * @param cell what is measured
     * @param measurement tells this measurement of the cell from others of it in the same experiment; says nothing of what it is for
     * @param session which session of the experiment it belongs to; nothing but builds is shared between two
     * @param slowdown how much slower the harness makes each run of side b, as a share; 0 but for a positive control
     * @param seed the seed that both forks get
     * @param settings how the pairs are run
     * @param pairs the pairs, as the schedule drew them
     */
    record Pairs(
            String id,
            String experiment,
            SubjectRecipe subject,
            Both<Side> sides,
            AdopterRecipe adopter,
            JigRecipe jig,
            CellKey cell,
            String measurement,
            int session,
            double slowdown,
            long seed,
            PairSettings settings,
            List<PairPlan> pairs)
            implements JobSpec {
        /** Copies the list. */
        public Pairs {
            pairs = List.copyOf(pairs);
        }
    }
}
