package dev.maar.agent.run;

import dev.maar.agent.job.AgentFacts;
import dev.maar.agent.job.JobResult;
import dev.maar.agent.job.JobSpec;
import java.io.IOException;

/** Does jobs, one at a time. For one thread. */
public interface JobRunner extends AutoCloseable {

    /**
     * Who does them.
     *
     * @return the agent's facts
     */
    AgentFacts facts();

    /**
     * Does a job. Whatever goes wrong with the job is in its result; nothing of it is left running.
     *
     * @param job the job
     * @return its result
     * @throws InterruptedException when interrupted; nothing of the job is left running then either
     */
    JobResult run(JobSpec job) throws InterruptedException;

    /**
     * Removes what is kept from job to job.
     *
     * @throws IOException when that can not be removed
     */
    @Override
    void close() throws IOException;
}
