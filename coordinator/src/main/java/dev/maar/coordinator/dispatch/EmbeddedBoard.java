package dev.maar.coordinator.dispatch;

import dev.maar.agent.job.AgentFacts;
import dev.maar.agent.job.JobResult;
import dev.maar.agent.job.JobSpec;
import dev.maar.agent.run.JobRunner;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A board with one agent in this very process, which does one job at a time, in the order they were posted. */
public final class EmbeddedBoard implements JobBoard {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBoard.class);

    private final BlockingQueue<JobSpec> jobs = new LinkedBlockingQueue<>();
    private final BlockingQueue<JobResult> results = new LinkedBlockingQueue<>();
    private final JobRunner runner;
    private final Thread thread;

    /**
     * Starts the agent's thread.
     *
     * @param runner does the jobs
     */
    public EmbeddedBoard(final JobRunner runner) {
        this.runner = runner;
        this.thread = new Thread(this::work, "agent");
        thread.start();
    }

    @Override
    public void post(final JobSpec job) {
        jobs.add(job);
    }

    @Override
    public JobResult take() throws InterruptedException {
        return results.take();
    }

    @Override
    public List<AgentFacts> agents() {
        return List.of(runner.facts());
    }

    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        try {
            runner.close();
        } catch (final IOException e) {
            // Scratch folders that can not be removed now are removed by the reaper, or by the next start.
            LOG.debug("scratch folders are left for the next start", e);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try {
            while (true) {
                results.add(runner.run(jobs.take()));
            }
        } catch (final InterruptedException e) {
            // The board is closed: what runs has been ended by the interrupt, what waits is given up.
            jobs.clear();
        }
    }
}
