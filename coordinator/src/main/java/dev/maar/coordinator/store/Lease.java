package dev.maar.coordinator.store;

import dev.maar.agent.job.JobSpec;

/**
 * That a job was handed out.
 *
 * @param job the job
 * @param owner the id of the agent that has it
 * @param token how often the job has been handed out; of all who ever had it only the one with the newest token may answer
 */
public record Lease(JobSpec job, String owner, long token) {}
