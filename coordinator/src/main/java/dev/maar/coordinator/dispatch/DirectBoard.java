package dev.maar.coordinator.dispatch;

import dev.maar.agent.job.AgentFacts;
import dev.maar.agent.job.JobResult;
import dev.maar.agent.job.JobSpec;
import dev.maar.agent.run.JobRunner;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A board whose jobs are done by whoever takes their results, one at a time, in the order they were posted. The runner outlives it: what it
 * has built serves the next experiment. For one thread.
 */
public final class DirectBoard implements JobBoard {

    private final JobRunner runner;
    private final Between between;
    private final Deque<JobSpec> jobs = new ArrayDeque<>();

    /** Does something else after a job, while nothing is measured. */
    @FunctionalInterface
    public interface Between {

        /** Does nothing. */
        Between NOTHING = result -> {};

        /**
         * After a job, before its result is looked at.
         *
         * @param result what came of it
         * @throws InterruptedException when interrupted meanwhile
         */
        void after(JobResult result) throws InterruptedException;
    }

    /**
     * A board.
     *
     * @param runner does the jobs; not closed with the board
     * @param between does something else between two jobs
     */
    public DirectBoard(final JobRunner runner, final Between between) {
        this.runner = runner;
        this.between = between;
    }

    @Override
    public void post(final JobSpec job) {
        jobs.add(job);
    }

    @Override
    public JobResult take() throws InterruptedException {
        final JobResult result = runner.run(jobs.remove());
        between.after(result);
        return result;
    }

    @Override
    public List<AgentFacts> agents() {
        return List.of(runner.facts());
    }

    @Override
    public void close() {
        jobs.clear();
    }
}
