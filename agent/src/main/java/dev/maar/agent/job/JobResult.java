package dev.maar.agent.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What an agent sends back for a job. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = JobResult.Staged.class, name = "staged"),
    @JsonSubTypes.Type(value = JobResult.Paired.class, name = "paired"),
    @JsonSubTypes.Type(value = JobResult.Undone.class, name = "undone")
})
public sealed interface JobResult {

    /**
     * The job this answers.
     *
     * @return the job's id
     */
    String job();

    /**
     * The agent that did it.
     *
     * @return the agent's id
     */
    String agent();

    /**
     * An adopter built and tested.
     *
     * @param job the job's id
     * @param agent the agent's id
     * @param subjects how the subject's own builds ended
     * @param builds how the adopter's builds ended
     * @param tests how its tests ended
     */
    record Staged(
            String job, String agent, Both<SubjectOutcome> subjects, Both<BuildOutcome> builds, Both<TestOutcome> tests)
            implements JobResult {}

    /**
     * Live pairs, measured or failed.
     *
     * @param job the job's id
     * @param agent the agent's id
     * @param observations one a pair, in the order of the job, attempts that were spoilt included
     */
    record Paired(String job, String agent, List<PairObservation> observations) implements JobResult {
        /** Copies the list. */
        public Paired {
            observations = List.copyOf(observations);
        }
    }

    /**
     * The agent could not do the job at all.
     *
     * @param job the job's id
     * @param agent the agent's id
     * @param reason why not
     */
    record Undone(String job, String agent, String reason) implements JobResult {}
}
