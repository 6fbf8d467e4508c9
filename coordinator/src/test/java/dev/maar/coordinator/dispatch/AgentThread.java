package dev.maar.coordinator.dispatch;

import dev.maar.agent.lease.Agent;
import dev.maar.agent.lease.ClusterSettings;
import dev.maar.agent.lease.Secret;
import dev.maar.agent.source.Arrivals;
import dev.maar.agent.source.Jdks;
import dev.maar.agent.source.ScratchSpace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real agent in a thread of the test, until it is closed. */
final class AgentThread implements AutoCloseable {

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final ScratchSpace scratch;
    private final Arrivals arrivals;
    private final Agent agent;
    private final Thread thread = new Thread(this::work, "test-agent");

    AgentThread(
            final ScriptedRunner runner,
            final ClusterSettings settings,
            final Secret secret,
            final String version,
            final Path spool)
            throws IOException, InterruptedException {
        this.scratch = ScratchSpace.open(spool.resolveSibling(spool.getFileName() + "-scratch"));
        final Jdks jdks = Jdks.ofThisMachine();
        this.arrivals = new Arrivals(spool.resolveSibling(spool.getFileName() + "-arrived"), scratch, jdks);
        this.agent = Agent.join(runner, settings, secret, version, spool, arrivals, jdks, told::add);
        thread.start();
    }

    /** What a user of the agent was told. */
    List<String> told() {
        return told;
    }

    private void work() {
        try {
            agent.work();
        } catch (final InterruptedException e) {
            // The test has ended.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        thread.interrupt();
        thread.join();
        agent.close();
        scratch.close();
    }
}
