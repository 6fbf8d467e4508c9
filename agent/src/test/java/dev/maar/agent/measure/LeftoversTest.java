package dev.maar.agent.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.maar.agent.fork.ForkSpec;
import dev.maar.agent.jigs.TestJigs;
import dev.maar.agent.job.Both;
import dev.maar.agent.job.JigRecipe;
import dev.maar.agent.job.PairOutcome;
import dev.maar.agent.job.PairSettings;
import dev.maar.agent.job.SideName;
import dev.maar.agent.sandbox.Reaper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens, no process and no folder of a pair is left. */
class LeftoversTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** A pair that would take hours. */
    private static final PairSettings ENDLESS =
            new PairSettings(2, 5_000_000L, 3_600_000_000_000L, 3_600_000_000_000L, 0.05);

    @TempDir
    Path folder;

    /** What a fork has told of itself. */
    private record Told(long process, Path aeron, Path temporary) {
        static Told read(final Path file) throws Exception {
            final List<String> lines = Files.readAllLines(file);
            return new Told(Long.parseLong(lines.get(0)), Path.of(lines.get(1)), Path.of(lines.get(2)));
        }

        boolean isGone() {
            return ProcessHandle.of(process).isEmpty() && !Files.exists(aeron) && !Files.exists(temporary);
        }
    }

    /** The specs of a pair whose forks tell where they are, in the folder. */
    static Both<ForkSpec> specs(final Path folder) {
        return TestForks.of(
                new JigRecipe.JvmJig(TestJigs.TellsWhereItIs.class.getName()),
                Map.of("tell", folder.resolve("told").toString()),
                folder);
    }

    private List<Told> told() throws Exception {
        final Path a = folder.resolve("told.a");
        final Path b = folder.resolve("told.b");
        await().atMost(PATIENCE).until(() -> Files.exists(a) && Files.exists(b));
        return List.of(Told.read(a), Told.read(b));
    }

    @Test
    void aMeasuredPairLeavesNothing() throws Exception {
        final Path scratch = folder.resolve("scratch");
        try (Reaper reaper = Reaper.start();
                LivePair pairs = new LivePair(reaper, scratch)) {
            final PairOutcome outcome =
                    pairs.run(specs(folder), TestForks.plan(SideName.A, TestForks.TINY), TestForks.TINY, PATIENCE);
            assertThat(outcome).isInstanceOf(PairOutcome.Measured.class);
            assertThat(told()).allMatch(Told::isGone);
        }
        try (Stream<Path> left = Files.list(scratch)) {
            assertThat(left).isEmpty();
        }
        assertThat(told())
                .allSatisfy(fork ->
                        assertThat(fork.aeron().resolve("../../..").normalize()).doesNotExist());
    }

    @Test
    void bothForksSeePathsOfTheSameLength() throws Exception {
        try (Reaper reaper = Reaper.start();
                LivePair pairs = new LivePair(reaper, folder.resolve("scratch"))) {
            pairs.run(specs(folder), TestForks.plan(SideName.A, TestForks.TINY), TestForks.TINY, PATIENCE);
        }
        final List<Told> told = told();
        assertThat(told.get(0).aeron().toString())
                .hasSameSizeAs(told.get(1).aeron().toString())
                .isNotEqualTo(told.get(1).aeron().toString());
        assertThat(told.get(0).temporary().toString())
                .hasSameSizeAs(told.get(1).temporary().toString());
    }

    @Test
    void anInterruptedPairLeavesNothing() throws Exception {
        try (Reaper reaper = Reaper.start();
                LivePair pairs = new LivePair(reaper, folder.resolve("scratch"))) {
            final FutureTask<PairOutcome> pair = new FutureTask<>(
                    () -> pairs.run(specs(folder), TestForks.plan(SideName.A, ENDLESS), ENDLESS, PATIENCE));
            final Thread thread = new Thread(pair);
            thread.start();
            final List<Told> told = told();
            thread.interrupt();
            assertThatThrownBy(pair::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
            assertThat(told).allMatch(Told::isGone);
        }
    }

    @Test
    void whenTheAgentIsKilledItsFrozenForksAreKilledAndTheirFoldersRemoved() throws Exception {
        final Process agent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndlessPair.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("agent.log").toFile())
                .start();
        try {
            final List<Told> told = told();
            await().atMost(PATIENCE).until(() -> told.stream().anyMatch(fork -> isStopped(fork.process())));
            agent.destroyForcibly().waitFor();
            await().atMost(PATIENCE).until(() -> told.stream().allMatch(Told::isGone));
        } finally {
            agent.destroyForcibly();
        }
    }

    private static boolean isStopped(final long process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process), "stat"))
                    .contains(") T ");
        } catch (final IOException e) {
            throw new UncheckedIOException("the fork has ended", e);
        }
    }

    /** An agent in a JVM of its own, to be killed. */
    public static final class EndlessPair {

        private EndlessPair() {}

        public static void main(final String[] arguments) throws Exception {
            final Path folder = Path.of(arguments[0]);
            try (Reaper reaper = Reaper.start();
                    LivePair pairs = new LivePair(reaper, folder.resolve("scratch"))) {
                pairs.run(specs(folder), TestForks.plan(SideName.A, ENDLESS), ENDLESS, PATIENCE);
            }
        }
    }
}
