package dev.maar.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A long life on all transports at once, with guests that come, pause and go at random, and processes that are killed with -9: nothing is
 * lost for those who stay, and nothing is left behind. 20 s; {@code -Psoak} makes it 5 minutes, {@code -Dmaar.soak.seconds=N} any time, and
 * {@code -Dmaar.soak.seed=N} the choices.
 */
final class SoakTest {

    private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("maar.soak.seconds", 20));
    private static final long SEED = Long.getLong("maar.soak.seed", System.nanoTime());
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final long HEAP_SLACK_BYTES = 16L << 20;
    private static final int DESCRIPTOR_SLACK = 4;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    /** What a process holds when all runtimes are closed. */
    private record Holdings(long descriptors, long sharedMemory, long threads, long heap) {

        static Holdings now(final Path directory) throws IOException {
            return new Holdings(entries(Path.of("/proc/self/fd")), files(directory), runtimeThreads(), usedHeap());
        }

        private static long entries(final Path directory) throws IOException {
            try (Stream<Path> files = Files.list(directory)) {
                return files.count();
            }
        }

        /** Files that the driver and the counters have left. */
        private static long files(final Path directory) throws IOException {
            try (Stream<Path> files = Files.walk(directory)) {
                return files.filter(Files::isRegularFile).count();
            }
        }

        private static long runtimeThreads() {
            return Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("maar-"))
                    .count();
        }

        private static long usedHeap() {
            System.gc();
            return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        }
    }

    @Test
    void nothingIsLostForThoseWhoStayAndNothingIsLeftBehind() throws Exception {
        final Path shared = Files.isDirectory(Path.of("/dev/shm"))
                ? Files.createTempDirectory(Path.of("/dev/shm"), "maar-soak-")
                : temporary;
        try {
            live(shared, Duration.ofSeconds(2), SEED);
            final Holdings before = Holdings.now(shared);
            final int killed = live(shared, LENGTH, SEED + 1);
            System.out.println(killed + " processes were killed meanwhile");
            assertThat(killed).isPositive();
            await().atMost(SOON).untilAsserted(() -> {
                final Holdings after = Holdings.now(shared);
                assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors() + DESCRIPTOR_SLACK);
                assertThat(after.sharedMemory()).isLessThanOrEqualTo(before.sharedMemory());
                assertThat(after.threads()).isLessThanOrEqualTo(before.threads());
                assertThat(after.heap()).isLessThan(before.heap() + HEAP_SLACK_BYTES);
            });
        } finally {
            delete(shared);
        }
    }

    private static void delete(final Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** How many processes were killed meanwhile. */
    private static int live(final Path shared, final Duration length, final long seed) throws Exception {
        final TransportContext context = new TransportContext()
                .aeronDirectory(shared.resolve("aeron"))
                .countersDirectory(shared.resolve("counters"))
                .publishTimeout(SOON);
        final SoakTrouble trouble = new SoakTrouble();
        try (TransportRuntime runtime = TransportRuntime.launch(context.errorHandler(trouble::add))) {
            final List<SoakLine> lines = Stream.of(Transport.values())
                    .map(transport -> new SoakLine(runtime, transport, seed, trouble))
                    .toList();
            final SoakVictims victims = new SoakVictims(shared.resolve("aeron"), seed, trouble);
            lines.forEach(SoakLine::start);
            victims.start();
            final long start = System.nanoTime();
            await().atMost(length.plus(SOON))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> trouble.isThere() || System.nanoTime() - start >= length.toNanos());
            victims.finish(SOON.toMillis());
            for (final SoakLine line : lines) {
                line.finish(SOON.toNanos());
            }
            assertThat(trouble.all()).as("seed " + seed).isEmpty();
            for (final SoakLine line : lines) {
                System.out.println(line + " in " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) + " s");
                line.check();
            }
            return victims.killed();
        }
    }
}
