package dev.maar.coordinator.dispatch;

import dev.maar.agent.job.AgentFacts;
import dev.maar.agent.job.JobResult;
import dev.maar.agent.job.JobSpec;
import java.util.List;

/**
 * Where an experiment posts its jobs and takes their results. Each job gives exactly one result, in any order. For one experiment's
 * thread.
 */
public interface JobBoard extends AutoCloseable {

    /**
     * Posts a job.
     *
     * @param job the job
     */
    void post(JobSpec job);

    /**
     * Waits for the next result.
     *
     * @return a result of a job that was posted and has not been answered yet
     * @throws InterruptedException when the experiment is interrupted
     */
    JobResult take() throws InterruptedException;

    /**
     * The agents that may take jobs.
     *
     * @return their facts
     */
    List<AgentFacts> agents();

    /** Gives up the jobs that are not done; nothing of them is left running when this returns. */
    @Override
    void close();
}
