package dev.maar.coordinator.dispatch;

import dev.maar.agent.lease.Agent;
import dev.maar.agent.lease.ClusterSettings;
import dev.maar.agent.lease.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real agent in a thread of the test, until it is closed. */
final class AgentThread implements AutoCloseable {

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Agent agent;
    private final Thread thread = new Thread(this::work, "test-agent");

    AgentThread(
            final ScriptedRunner runner,
            final ClusterSettings settings,
            final Secret secret,
            final String version,
            final Path spool)
            throws IOException {
        this.agent = Agent.join(runner, settings, secret, version, spool, told::add);
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
    }
}
