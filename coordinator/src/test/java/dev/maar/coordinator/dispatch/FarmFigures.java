package dev.maar.coordinator.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.lease.ClusterSettings;
import dev.maar.agent.lease.Secret;
import dev.maar.coordinator.store.Farm;
import dev.maar.coordinator.store.Store;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a farm costs besides the work, in {@code target/farm.md}: agents are processes whose jobs are sleep, the coordinator is this process with
 * a store in a file. Takes some minutes, so it runs only when named ({@code -Dtest=FarmFigures}).
 */
final class FarmFigures {

    private static final int[] CYCLE_AGENTS = {1, 4, 8};
    private static final int[] SWEEP_AGENTS = {1, 2, 4, 8, 16};
    private static final int CYCLES = 2_000;
    private static final int SLEEP_MILLIS = 2_000;
    private static final int JOBS_EACH = 10;
    private static final int MANY = 10_000;

    @TempDir
    private Path folder;

    private final StringBuilder table = new StringBuilder();
    private int experiments;

    /** A coordinator and its agents. */
    private final class Running implements AutoCloseable {
        private final int port = freePort();
        private final Path home = Files.createDirectory(folder.resolve("farm-" + ++experiments));
        private final Secret secret = Secret.readOrDraw(home.resolve("secret"), Clock.systemUTC());
        private final Store store = Store.inFile(home.resolve("maar.db"));
        private final List<Process> agents = new ArrayList<>();
        private final ClusterFarm farm;
        private final JobBoard board;
        private int posted;

        Running() throws IOException {
            store.experiments().add(Farm.experiment());
            farm = ClusterFarm.open(
                    new ClusterSettings("figures", "127.0.0.1", port, List.of(), ClusterSettings.LEASE),
                    secret,
                    "1",
                    store,
                    sha256 -> java.util.Optional.empty(),
                    Clock.systemUTC(),
                    line -> {});
            board = farm.board(Farm.PLAN.id(), new Terms(Terms.ORDINARY, false));
        }

        void agent(final int millis) throws IOException {
            final String id = "agent-" + agents.size();
            agents.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            SleepingAgent.class.getName(),
                            id,
                            Integer.toString(port),
                            Integer.toString(freePort()),
                            Files.createDirectory(home.resolve(id)).toString(),
                            home.resolve("secret").toString(),
                            Integer.toString(millis))
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve(id + ".log").toFile())
                    .start());
        }

        /** Until all agents have done something; gives the milliseconds until the first was done. */
        double warm(final int agentCount) throws InterruptedException {
            final long begin = System.nanoTime();
            post(1);
            board.take();
            final double first = millisSince(begin);
            while (board.agents().size() < agentCount) {
                Thread.onSpinWait();
            }
            run(4 * agentCount);
            return first;
        }

        private void post(final int jobs) {
            for (int i = 0; i < jobs; i++) {
                board.post(Farm.job(posted++));
            }
        }

        /** Milliseconds for so many jobs. */
        double run(final int jobs) throws InterruptedException {
            final long begin = System.nanoTime();
            post(jobs);
            for (int i = 0; i < jobs; i++) {
                board.take();
            }
            return millisSince(begin);
        }

        long agentKilobytes() throws IOException {
            return kilobytes(agents.get(0).pid());
        }

        @Override
        public void close() throws InterruptedException {
            for (final Process agent : agents) {
                agent.destroy();
                if (!agent.waitFor(10, TimeUnit.SECONDS)) {
                    agent.destroyForcibly().waitFor();
                }
            }
            board.close();
            farm.close();
            store.close();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static double millisSince(final long begin) {
        return (System.nanoTime() - begin) / 1e6;
    }

    private static long kilobytes(final long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    private static double heapMegabytes() {
        System.gc();
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / 1048576.0;
    }

    private void row(final String what, final double value, final String unit) {
        final String line = String.format(Locale.ROOT, "| %s | %.2f | %s |", what, value, unit);
        System.out.println(line);
        table.append(line).append('\n');
    }

    @Test
    void areWritten() throws Exception {
        table.append("| what | value | unit |\n|---|--:|---|\n");
        for (final int agents : CYCLE_AGENTS) {
            cycles(agents);
        }
        sweeps();
        memory();
        final Path written = Path.of("target", "farm.md");
        Files.writeString(written, table.toString());
        assertThat(written).isNotEmptyFile();
    }

    private void cycles(final int agents) throws Exception {
        try (Running running = new Running()) {
            for (int i = 0; i < agents; i++) {
                running.agent(0);
            }
            final double first = running.warm(agents);
            if (agents == 1) {
                row("first job on an agent that starts, from posting, JVM start included", first, "ms");
                final double[] latencies = new double[300];
                for (int i = 0; i < latencies.length; i++) {
                    latencies[i] = running.run(1);
                }
                Arrays.sort(latencies);
                row("one job at a time, from posting to its result, median", latencies[latencies.length / 2], "ms");
                row("the same, 99th percentile", latencies[latencies.length * 99 / 100], "ms");
            }
            row("lease cycles of no work, agents: " + agents, CYCLES / running.run(CYCLES) * 1_000, "per second");
        }
    }

    private void sweeps() throws Exception {
        for (final int agents : SWEEP_AGENTS) {
            try (Running running = new Running()) {
                for (int i = 0; i < agents; i++) {
                    running.agent(SLEEP_MILLIS);
                }
                running.warm(agents);
                final double least = (double) JOBS_EACH * SLEEP_MILLIS;
                row(
                        "sweep of jobs that sleep 2 s, 10 an agent, agents: " + agents + ", share of linear",
                        least / running.run(JOBS_EACH * agents),
                        "");
            }
        }
    }

    private void memory() throws Exception {
        try (Running running = new Running()) {
            running.agent(0);
            running.agent(0);
            running.warm(2);
            final double before = heapMegabytes();
            final long agentBefore = running.agentKilobytes();
            running.run(MANY);
            row("coordinator's heap in use after 10,000 more jobs, more than before", heapMegabytes() - before, "MiB");
            row("an agent, resident after 10,000 jobs", running.agentKilobytes() / 1024.0, "MiB");
            row("the same, more than before", (running.agentKilobytes() - agentBefore) / 1024.0, "MiB");
        }
    }
}
