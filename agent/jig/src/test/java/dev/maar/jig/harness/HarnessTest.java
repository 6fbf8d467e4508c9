package dev.maar.jig.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.jig.Case;
import dev.maar.jig.Check;
import dev.maar.jig.Jig;
import dev.maar.jig.Latencies;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** The harness in this JVM, with lines in and lines out. */
class HarnessTest {

    private final List<String> calls = new ArrayList<>();
    private final ByteArrayOutputStream replies = new ByteArrayOutputStream();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    /** Writes down what it is asked; the test overrides what is to go wrong. */
    private class Recording implements Jig {
        private long delivered;

        @Override
        public void setUp(final Case setting) throws Exception {
            calls.add("setUp " + setting.settings() + " " + setting.seed());
        }

        @Override
        public void run(final long operations) throws Exception {
            calls.add("run " + operations);
            delivered += operations;
        }

        @Override
        public Check check() throws Exception {
            return Check.of(delivered, 255);
        }

        @Override
        public Map<String, String> attest() {
            return Map.of("transport", delivered == 0 ? "none" : "shm", "subject", "of the jig's own invention");
        }

        @Override
        public void close() throws Exception {
            calls.add("close");
        }
    }

    private int serve(final Harness.JigSource source, final String subjectEntry, final String... requests)
            throws Exception {
        final String lines = String.join("\n", requests) + "\n";
        return new Harness(source, subjectEntry, replies, new PrintStream(log, true, StandardCharsets.UTF_8))
                .serve(RequestLines.of(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)), () -> {}));
    }

    private List<Map<String, Object>> replies() throws Exception {
        final List<Map<String, Object>> read = new ArrayList<>();
        for (final String line : replies.toString(StandardCharsets.UTF_8).split("\n")) {
            read.add(JsonReader.object(line));
        }
        return read;
    }

    private static final String SET_UP = "{\"op\":\"setUp\",\"case\":{\"transport\":\"shm\",\"size\":64},\"seed\":42}";

    @Test
    void latenciesThatTheJigRecordsAreCountedInTheAnswerToRun() throws Exception {
        serve(
                () -> new Recording() {
                    @Override
                    public Latencies latencies() {
                        calls.add("latencies");
                        return Latencies.of(new long[] {850, 40, 40}, 3);
                    }
                },
                "",
                SET_UP,
                "{\"op\":\"run\",\"operations\":3}",
                "{\"op\":\"close\"}");

        assertThat(replies().get(1)).containsEntry("latencyNs", Map.of("40", 2L, "850", 1L));
        assertThat(calls).endsWith("run 3", "latencies", "close");
    }

    @Test
    void theWholeProtocolIsSpoken() throws Exception {
        final int code = serve(
                Recording::new,
                "",
                SET_UP,
                "{\"op\":\"run\",\"operations\":2000}",
                "{\"op\":\"check\"}",
                "{\"op\":\"close\"}");

        assertThat(code).isZero();
        assertThat(calls).containsExactly("setUp {size=64, transport=shm} 42", "run 2000", "close");
        assertThat(replies()).hasSize(4);
        assertThat(replies().get(0))
                .containsEntry("ready", true)
                .containsEntry("attest", Map.of("transport", "none", "subject", "of the jig's own invention"));
        assertThat(replies().get(1)).containsEntry("operations", 2000L).doesNotContainKey("latencyNs");
        assertThat((Long) replies().get(1).get("ns")).isPositive();
        assertThat((Long) replies().get(1).get("allocatedBytes")).isNotNegative();
        assertThat((Long) replies().get(1).get("cpuNs")).isNotNegative();
        assertThat(replies().get(2))
                .containsEntry("checksum", "ff")
                .containsEntry("delivered", 2000L)
                .containsEntry("attest", Map.of("transport", "shm", "subject", "of the jig's own invention"));
        assertThat(replies().get(3)).containsEntry("closed", true);
    }

    @Test
    void theLoadedArtifactIsHashedAndTheJigCanNotSayOtherwise() throws Exception {
        serve(Recording::new, "org/junit/jupiter/api/Test.class", SET_UP);

        assertThat(replies().get(0).get("attest"))
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, String.class))
                .hasEntrySatisfying("subject", hash -> assertThat(hash).matches("[0-9a-f]{64}"))
                .hasEntrySatisfying(
                        "path",
                        path -> assertThat(path).contains("junit-jupiter-api").endsWith(".jar"));
    }

    @Test
    void theJigIsClosedWhenTheParentIsGone() throws Exception {
        final int code = serve(Recording::new, "", SET_UP);

        assertThat(code).isZero();
        assertThat(calls).endsWith("close");
    }

    @Test
    void anExceptionIsOneLineWithItsCauseAndATraceInTheLog() throws Exception {
        final int code = serve(
                () -> new Recording() {
                    @Override
                    public void run(final long operations) throws Exception {
                        throw new IllegalStateException("first\nsecond", new java.io.IOException("cause"));
                    }
                },
                "",
                SET_UP,
                "{\"op\":\"run\",\"operations\":1}",
                "{\"op\":\"check\"}");

        assertThat(code).isEqualTo(3);
        assertThat(replies()).hasSize(2);
        assertThat(replies().get(1)).containsEntry("kind", "exception");
        assertThat((String) replies().get(1).get("error"))
                .contains("first\nsecond")
                .contains("cause");
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("at dev.maar.jig.harness.HarnessTest");
    }

    @Test
    void runningOutOfMemoryIsToldEvenAsTheCauseOfSomethingElse() throws Exception {
        final int code = serve(
                () -> new Recording() {
                    @Override
                    public void setUp(final Case setting) throws Exception {
                        throw new IllegalStateException(new OutOfMemoryError("Java heap space"));
                    }
                },
                "",
                SET_UP);

        assertThat(code).isEqualTo(3);
        assertThat(replies()).singleElement().asString().contains("out-of-memory");
    }

    @Test
    void anErrorOfTheLinkerIsToldLikeAnException() throws Exception {
        final int code = serve(
                () -> new Recording() {
                    @Override
                    public void setUp(final Case setting) throws Exception {
                        throw new NoSuchMethodError("void gone()");
                    }
                },
                "",
                SET_UP);

        assertThat(code).isEqualTo(3);
        assertThat((String) replies().get(0).get("error"))
                .contains("NoSuchMethodError")
                .contains("void gone()");
    }

    @Test
    void requestsOutOfOrderOrUnknownAreErrors() throws Exception {
        assertThat(serve(Recording::new, "", "{\"op\":\"check\"}")).isEqualTo(3);
        assertThat(serve(Recording::new, "", "{\"op\":\"dance\"}")).isEqualTo(3);
        assertThat(serve(Recording::new, "", "what?")).isEqualTo(3);
        assertThat(serve(Recording::new, "", SET_UP, SET_UP)).isEqualTo(3);
        assertThat(serve(Recording::new, "", SET_UP, "{\"op\":\"run\",\"operations\":0}"))
                .isEqualTo(3);
    }

    @Test
    void aSlowdownStretchesTheTimedPart() throws Exception {
        serve(
                () -> new Recording() {
                    @Override
                    public void run(final long operations) throws Exception {
                        final long start = System.nanoTime();
                        while (System.nanoTime() - start < operations) {
                            Thread.onSpinWait();
                        }
                    }
                },
                "",
                "{\"op\":\"setUp\",\"case\":{},\"seed\":1,\"slowdown\":0.5}",
                "{\"op\":\"run\",\"operations\":20000000}");

        assertThat((Long) replies().get(1).get("ns")).isGreaterThanOrEqualTo(30_000_000L);
    }

    @Test
    void allocationOfOtherThreadsIsCounted() throws Exception {
        final Meters meters = Meters.ofThisJvm();
        final CountDownLatch allocated = new CountDownLatch(1);
        final CountDownLatch asked = new CountDownLatch(1);
        final Thread other = new Thread(() -> {
            calls.add(new String(new char[500_000]));
            allocated.countDown();
            try {
                asked.await();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        meters.start();
        other.start();
        allocated.await();
        assertThat(meters.allocatedBytes()).isGreaterThanOrEqualTo(1_000_000);
        asked.countDown();
        other.join();
    }

    @Test
    void anIntervalInWhichNothingIsAllocatedCostsNothing() {
        final Meters meters = Meters.ofThisJvm();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 50; i++) {
            meters.start();
            least = Math.min(least, meters.allocatedBytes());
        }
        assertThat(least).isLessThan(100);
    }
}
