package dev.maar.coordinator.dispatch;

import dev.maar.agent.job.AgentFacts;
import dev.maar.agent.job.JobResult;
import dev.maar.agent.job.JobSpec;
import dev.maar.agent.run.JobRunner;
import dev.maar.coordinator.store.Farm;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Does jobs by doing nothing, or for ever. Remembers them. */
final class ScriptedRunner implements JobRunner {

    private final String agent;
    private final boolean forEver;
    private final List<String> begun = new CopyOnWriteArrayList<>();

    ScriptedRunner(final String agent, final boolean forEver) {
        this.agent = agent;
        this.forEver = forEver;
    }

    List<String> begun() {
        return begun;
    }

    @Override
    public AgentFacts facts() {
        return Farm.agent(agent);
    }

    @Override
    public JobResult run(final JobSpec job) throws InterruptedException {
        begun.add(job.id());
        if (forEver) {
            Thread.currentThread().join();
        }
        return new JobResult.Undone(job.id(), agent, "done");
    }

    @Override
    public void close() {
        // Keeps nothing.
    }
}
