package dev.maar.agent.jigs;

import dev.maar.jig.Case;
import dev.maar.jig.Check;
import dev.maar.jig.Jig;
import dev.maar.jig.Latencies;
import dev.maar.jig.LatencyRecorder;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Jigs, one for each way a fork can behave. What only one side shall do is switched on by {@code TEST_MISBEHAVE=yes} in its environment. */
public final class TestJigs {

    private TestJigs() {}

    private static boolean misbehave() {
        return "yes".equals(System.getenv("TEST_MISBEHAVE"));
    }

    /** Computes; the base of the others. */
    public static class Steady implements Jig {

        private long delivered;
        private long hash;
        private Map<String, String> facts = Map.of();

        @Override
        public void setUp(final Case setting) throws Exception {
            hash = setting.seed();
            facts = setting.settings();
        }

        @Override
        public void run(final long operations) throws Exception {
            for (long i = 0; i < operations; i++) {
                step();
            }
        }

        /** One operation: some hundred nanoseconds of multiplications that no compiler can leave out. */
        protected void step() throws Exception {
            long h = hash;
            for (int i = 0; i < 4_000; i++) {
                h = (h ^ (h >>> 29)) * 0xbf58476d1ce4e5b9L + i;
            }
            hash = h;
            delivered++;
        }

        /** How many operations have been run. */
        protected final long delivered() {
            return delivered;
        }

        @Override
        public Check check() throws Exception {
            return Check.of(delivered, hash);
        }

        @Override
        public Map<String, String> attest() {
            return facts;
        }

        @Override
        public void close() throws Exception {}
    }

    /** Says of each operation that it took 100 ns. */
    public static final class Times extends Steady {
        private final LatencyRecorder recorder = new LatencyRecorder();

        @Override
        protected void step() throws Exception {
            super.step();
            recorder.record(100);
        }

        @Override
        public Latencies latencies() {
            return recorder.drain();
        }
    }

    /** Takes half as long again on one side. */
    public static final class SlowerOnOneSide extends Steady {
        private long sink;

        @Override
        protected void step() throws Exception {
            super.step();
            if (misbehave()) {
                long h = sink;
                for (int i = 0; i < 4_000; i++) {
                    h = (h ^ (h >>> 29)) * 0xbf58476d1ce4e5b9L + i;
                }
                sink = h;
            }
        }
    }

    /** Never returns, on one side. */
    public static final class HangsOnOneSide extends Steady {
        @Override
        protected void step() throws Exception {
            super.step();
            if (misbehave()) {
                new CountDownLatch(1).await();
            }
        }
    }

    /** Never returns. */
    public static final class Hangs extends Steady {
        @Override
        protected void step() throws Exception {
            new CountDownLatch(1).await();
        }
    }

    /** Ends the JVM on one side after some operations. */
    public static final class ExitsOnOneSide extends Steady {
        @Override
        protected void step() throws Exception {
            super.step();
            if (misbehave() && delivered() > 100) {
                System.err.println("good bye");
                System.exit(7);
            }
        }
    }

    /** Throws on one side at set-up. */
    public static final class RefusesOnOneSide extends Steady {
        @Override
        public void setUp(final Case setting) throws Exception {
            if (misbehave()) {
                throw new IllegalStateException("no such transport here", new IOException("refused"));
            }
            super.setUp(setting);
        }
    }

    /** Throws at its end on one side. */
    public static final class FailsToCloseOnOneSide extends Steady {
        @Override
        public void close() throws Exception {
            if (misbehave()) {
                throw new IllegalStateException("still in use");
            }
        }
    }

    /** Says that the disk is full. */
    public static final class NoSpace extends Steady {
        @Override
        protected void step() throws Exception {
            throw new IOException("log buffer: No space left on device");
        }
    }

    /** Keeps all that it allocates. */
    public static final class AllocatesWithoutBound extends Steady {
        private final List<byte[]> kept = new ArrayList<>();

        @Override
        protected void step() throws Exception {
            kept.add(new byte[1 << 24]);
        }
    }

    /** Allocates 1,000 bytes and little more per operation. */
    public static final class Allocates extends Steady {
        private byte @Nullable [] last;

        @Override
        protected void step() throws Exception {
            super.step();
            last = new byte[1_000 - 16];
        }

        @Override
        public Check check() throws Exception {
            return Check.of(delivered(), last == null ? 0 : last.length);
        }
    }

    /** Writes into the protocol, past System.out. */
    public static final class PrintsIntoTheProtocol extends Steady {
        @Override
        public void setUp(final Case setting) throws Exception {
            super.setUp(setting);
            if (misbehave()) {
                try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
                    out.write("\u001b[31mWARNING: a library that likes to talk\u001b[0m\n"
                            .getBytes(StandardCharsets.UTF_8));
                }
            }
        }
    }

    /** Prints a lot, to where apps print. */
    public static final class Prints extends Steady {
        @Override
        public void run(final long operations) throws Exception {
            System.out.println("{\"ns\":1,\"operations\":" + operations + "}");
            super.run(operations);
        }
    }

    /** Loses every hundredth message on one side. */
    public static final class LosesOnOneSide extends Steady {
        @Override
        public Check check() throws Exception {
            return Check.of(delivered() - (misbehave() ? delivered() / 100 : 0), "same");
        }
    }

    /** Delivers something else on one side. */
    public static final class WrongChecksumOnOneSide extends Steady {
        @Override
        public Check check() throws Exception {
            return Check.of(delivered(), misbehave() ? "other" : "same");
        }
    }

    /** Waits for messages that do not come, as {@code Stall} does, on one side. */
    public static final class StallsOnOneSide extends Steady {
        @Override
        public void run(final long operations) throws Exception {
            super.run(operations);
            if (misbehave() && delivered() > 1_000) {
                Thread.sleep(600);
            }
        }

        @Override
        public Check check() throws Exception {
            return Check.of(delivered() - (misbehave() && delivered() > 1_000 ? 1 : 0), "same");
        }
    }

    /** Uses another transport than its case says, on one side. */
    public static final class OtherTransportOnOneSide extends Steady {
        @Override
        public Map<String, String> attest() {
            return misbehave() ? Map.of("transport", "local") : super.attest();
        }
    }

    /** Has a thread that computes all the time. */
    public static class BusyInTheBackground extends Steady {
        private volatile boolean closed;

        @Override
        public void setUp(final Case setting) throws Exception {
            super.setUp(setting);
            final Thread busy = new Thread(() -> {
                while (!closed) {
                    Thread.onSpinWait();
                }
            });
            busy.setDaemon(true);
            busy.start();
        }

        @Override
        public void close() throws Exception {
            closed = true;
        }
    }

    /** Takes long for an operation, with a busy thread beside. */
    public static final class SlowAndBusy extends BusyInTheBackground {
        @Override
        protected void step() throws Exception {
            super.step();
            Thread.sleep(300);
        }
    }

    /** Leaves a thread that never ends. */
    public static final class LeavesAThread extends Steady {
        @Override
        public void close() throws Exception {
            new Thread(() -> {
                        while (true) {
                            Thread.onSpinWait();
                        }
                    })
                    .start();
        }
    }

    /** Has a busy child process. */
    public static final class HasAChildProcess extends Steady {
        private Optional<Process> child = Optional.empty();

        @Override
        public void setUp(final Case setting) throws Exception {
            super.setUp(setting);
            child = Optional.of(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
        }

        @Override
        public void close() throws Exception {
            child.ifPresent(Process::destroyForcibly);
        }
    }

    /** Writes its folders and its process id to the file that the case names, so that a test can look for them. */
    public static final class TellsWhereItIs extends Steady {
        @Override
        public void setUp(final Case setting) throws Exception {
            super.setUp(setting);
            final Path aeron = Path.of(System.getProperty("aeron.dir"));
            Files.createDirectories(aeron);
            Files.writeString(aeron.resolve("cnc.dat"), "mapped");
            final Path file = Path.of(setting.get("tell") + (misbehave() ? ".b" : ".a"));
            final Path half = Path.of(file + ".half");
            Files.write(
                    half,
                    List.of(
                            Long.toString(ProcessHandle.current().pid()),
                            aeron.toString(),
                            System.getProperty("java.io.tmpdir")));
            Files.move(half, file);
        }
    }
}
