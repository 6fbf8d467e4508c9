package dev.maar.coordinator.dispatch;

import dev.maar.agent.job.AgentFacts;
import dev.maar.agent.job.JobResult;
import dev.maar.agent.job.JobSpec;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;

/** A board whose agents are members of a cluster. A job that was done before this coordinator started is answered from the store. */
final class ClusterBoard implements JobBoard {

    private final Dispatcher dispatcher;
    private final String experiment;
    private final BlockingQueue<JobResult> results;
    private final Supplier<Collection<AgentFacts>> agents;
    private final Runnable onClose;

    ClusterBoard(
            final Dispatcher dispatcher,
            final String experiment,
            final BlockingQueue<JobResult> results,
            final Supplier<Collection<AgentFacts>> agents,
            final Runnable onClose) {
        this.dispatcher = dispatcher;
        this.experiment = experiment;
        this.results = results;
        this.agents = agents;
        this.onClose = onClose;
    }

    @Override
    public void post(final JobSpec job) {
        dispatcher.tell(new Event.Posted(job));
    }

    @Override
    public JobResult take() throws InterruptedException {
        return results.take();
    }

    @Override
    public List<AgentFacts> agents() {
        return List.copyOf(agents.get());
    }

    /** Hands nothing out any more. What agents have they finish, and hand in to the next coordinator. */
    @Override
    public void close() {
        dispatcher.tell(new Event.Ended(experiment));
        onClose.run();
    }
}
