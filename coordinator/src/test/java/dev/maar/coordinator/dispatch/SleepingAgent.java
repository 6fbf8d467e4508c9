package dev.maar.coordinator.dispatch;

import dev.maar.agent.job.AgentFacts;
import dev.maar.agent.job.JobResult;
import dev.maar.agent.job.JobSpec;
import dev.maar.agent.lease.Agent;
import dev.maar.agent.lease.ClusterSettings;
import dev.maar.agent.lease.Secret;
import dev.maar.agent.run.JobRunner;
import dev.maar.agent.source.Arrivals;
import dev.maar.agent.source.Jdks;
import dev.maar.agent.source.ScratchSpace;
import dev.maar.coordinator.store.Farm;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * An agent in a process of its own whose jobs are sleep: all of an agent but the work. Ends with its standard input.
 *
 * <p>Arguments: its id, the coordinator's port, its own port, a folder of its own, the farm's secret, milliseconds a job.
 */
final class SleepingAgent {

    private SleepingAgent() {}

    public static void main(final String[] arguments) throws Exception {
        final String id = arguments[0];
        final Path folder = Path.of(arguments[3]);
        final long millis = Long.parseLong(arguments[5]);
        final Jdks jdks = Jdks.ofThisMachine();
        try (ScratchSpace scratch = ScratchSpace.open(folder.resolve("scratch"));
                Agent agent = Agent.join(
                        new Sleeper(id, millis),
                        new ClusterSettings(
                                "figures",
                                "127.0.0.1",
                                Integer.parseInt(arguments[2]),
                                List.of("127.0.0.1:" + arguments[1]),
                                ClusterSettings.LEASE),
                        Secret.read(Path.of(arguments[4]), Clock.systemUTC()),
                        "1",
                        folder.resolve("spool"),
                        new Arrivals(folder.resolve("arrived"), scratch, jdks),
                        jdks,
                        line -> {})) {
            final Thread parent = new Thread(() -> end(agent), "parent");
            parent.setDaemon(true);
            parent.start();
            agent.work();
        }
    }

    private static void end(final Agent agent) {
        try {
            while (System.in.read() >= 0) {
                // Nothing is said.
            }
        } catch (final java.io.IOException gone) {
            // That is an end, too.
        }
        agent.drain();
    }

    private record Sleeper(String id, long millis) implements JobRunner {

        @Override
        public AgentFacts facts() {
            return Farm.agent(id);
        }

        @Override
        public JobResult run(final JobSpec job) throws InterruptedException {
            Thread.sleep(millis);
            return new JobResult.Undone(job.id(), id, "slept");
        }

        @Override
        public void close() {
            // Keeps nothing.
        }
    }
}
