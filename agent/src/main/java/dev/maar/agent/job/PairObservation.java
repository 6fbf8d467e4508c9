package dev.maar.agent.job;

/**
 * One live pair as it happened; a line of the raw data.
 *
 * @param cell what was measured
 * @param plan the pair as it was drawn
 * @param agent the id of the agent that ran it
 * @param attempt 1, or higher when the environment spoilt the pair and it was run again
 * @param surroundings what the machine did meanwhile
 * @param outcome how it ended
 */
public record PairObservation(
        CellKey cell, PairPlan plan, String agent, int attempt, Surroundings surroundings, PairOutcome outcome) {}
