package dev.maar.agent.stats;

/**
 * What the pairs of one agent say by themselves.
 *
 * @param agent the agent's id
 * @param effect the Hodges-Lehmann estimate of its pairs, as ln(b/a)
 * @param pairs how many there are
 */
public record AgentEstimate(String agent, double effect, int pairs) {}
