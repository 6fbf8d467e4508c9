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
    private final String sandbox;
    private boolean spoilt;
    private final List<String> begun = new CopyOnWriteArrayList<>();

    ScriptedRunner(final String agent, final boolean forEver) {
        this(agent, forEver, "none");
    }

    ScriptedRunner(final String agent, final boolean forEver, final String sandbox) {
        this.agent = agent;
        this.forEver = forEver;
        this.sandbox = sandbox;
    }

    /** Lets an interrupt look like a failure of the job, as it does in whoever reads or writes a file just then. */
    ScriptedRunner spoilt() {
        spoilt = true;
        return this;
    }

    List<String> begun() {
        return begun;
    }

    @Override
    public AgentFacts facts() {
        final AgentFacts facts = Farm.agent(agent);
        return new AgentFacts(
                facts.id(),
                facts.name(),
                facts.cpu(),
                facts.cores(),
                facts.memoryBytes(),
                facts.os(),
                facts.kernel(),
                facts.jdks(),
                sandbox);
    }

    @Override
    public JobResult run(final JobSpec job) throws InterruptedException {
        begun.add(job.id());
        if (forEver) {
            try {
                Thread.currentThread().join();
            } catch (final InterruptedException e) {
                if (!spoilt) {
                    throw e;
                }
                Thread.currentThread().interrupt();
            }
        }
        return new JobResult.Undone(job.id(), agent, "done");
    }

    @Override
    public void close() {
        // Keeps nothing.
    }
}
