package dev.maar.agent.job;

/**
 * A result as an agent hands it in.
 *
 * @param result the result
 * @param token the token that the agent was given with the job
 * @param millis how long the agent took
 */
public record Delivery(JobResult result, long token, long millis) {}
