package dev.maar.agent.job;

import java.util.List;

/**
 * One live pair as it happened; a line of the raw data.
 *
 * @param cell what was measured
 * @param measurement the id of the measurement that it belongs to, unique within the experiment; see {@link JobSpec.Pairs}
 * @param plan the pair as it was drawn
 * @param agent the id of the agent that ran it
 * @param attempt 1, or higher when the environment spoilt the pair and it was run again
 * @param surroundings what the machine did meanwhile
 * @param disturbances what of it can spoil a measurement, each in a word or two; empty on a quiet machine. Never looks at the outcome
 * @param discarded whether it was run again because of them: it is kept and never judged
 * @param cost where the time went
 * @param outcome how it ended
 */
public record PairObservation(
        CellKey cell,
        String measurement,
        PairPlan plan,
        String agent,
        int attempt,
        Surroundings surroundings,
        List<String> disturbances,
        boolean discarded,
        PairCost cost,
        PairOutcome outcome) {

    /** Copies the list. */
    public PairObservation {
        disturbances = List.copyOf(disturbances);
    }
}
