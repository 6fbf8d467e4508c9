package dev.maar.agent.profile;

import dev.maar.agent.fork.Fork;
import dev.maar.agent.fork.ForkFailedException;
import dev.maar.agent.fork.ForkSpec;
import dev.maar.agent.fork.Patience;
import dev.maar.agent.fork.ScratchSpace;
import dev.maar.agent.job.Side;
import dev.maar.agent.sandbox.Reaper;
import dev.maar.agent.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs one side's fork under the flight recorder for some seconds. Nothing that it measures is judged: a fork that is watched is not the one
 * that users run. Nothing is left running, whatever the outcome. For one thread.
 */
public final class Profiler implements AutoCloseable {

    /** What is recorded, and nothing else: the events cost less than the recorder's own profiles of settings. */
    private static final String SETTINGS = """
            <?xml version="1.0" encoding="UTF-8"?>
            <configuration version="2.0">
              <event name="jdk.ExecutionSample">
                <setting name="enabled">true</setting><setting name="period">10 ms</setting>
              </event>
              <event name="jdk.ObjectAllocationSample">
                <setting name="enabled">true</setting><setting name="throttle">300/s</setting>
                <setting name="stackTrace">false</setting>
              </event>
              <event name="jdk.JavaMonitorEnter">
                <setting name="enabled">true</setting><setting name="threshold">10 us</setting>
                <setting name="stackTrace">false</setting>
              </event>
            </configuration>
            """;

    private static final long SLICE_NANOS = 50_000_000L;

    private final ScratchSpace space;
    private final Fork.Starter starter;

    /**
     * A profiler.
     *
     * @param reaper kills the forks if we die
     * @param sandbox what keeps forks to their place
     * @param scratchRoot a folder for temporary files
     * @throws IOException when no scratch folder can be made
     */
    public Profiler(final Reaper reaper, final Sandbox sandbox, final Path scratchRoot) throws IOException {
        this.space = ScratchSpace.create(scratchRoot, reaper);
        this.starter = Fork.Starter.of(reaper, sandbox, space.onDisk());
    }

    /**
     * Profiles one side.
     *
     * @param spec what to start; a JVM jig's fork
     * @param time how long it is watched once it is warm
     * @param silence how long each answer may take
     * @return what it did
     * @throws ForkFailedException when the fork fails
     * @throws IOException when this machine can not start it, or the recording can not be read
     * @throws InterruptedException when interrupted meanwhile
     */
    public Profile run(final ForkSpec spec, final Duration time, final Duration silence)
            throws ForkFailedException, IOException, InterruptedException {
        final Path settings = space.onDisk().resolve("profile.jfc");
        Files.writeString(settings, SETTINGS);
        try (ScratchSpace.PairScratch scratch = space.fresh()) {
            final Path recording =
                    space.onDisk().resolve("recording-" + spec.name().label() + ".jfr");
            Files.deleteIfExists(recording);
            final Instant from;
            try (Fork fork = starter.start(recorded(spec, settings, recording), scratch)) {
                fork.setUp(silence);
                final Patience patience = Patience.of(silence);
                final long slice = warm(fork, time.dividedBy(3), patience);
                from = Instant.now();
                runFor(fork, slice, time, patience);
                fork.check(patience);
                fork.end();
                fork.awaitEnd(silence);
            }
            return Profile.read(recording, from);
        }
    }

    /** Finds how many operations make a slice, and runs slices for a while. */
    private static long warm(final Fork fork, final Duration time, final Patience patience)
            throws ForkFailedException, InterruptedException {
        final long start = System.nanoTime();
        long slice = 1;
        while (System.nanoTime() - start < time.toNanos()) {
            final long nanos = fork.run(slice, patience).nanos();
            if (nanos < SLICE_NANOS / 2) {
                slice *= 2;
            } else if (nanos > 2 * SLICE_NANOS) {
                slice = Math.max(1, slice / 2);
            }
        }
        return slice;
    }

    private static void runFor(final Fork fork, final long slice, final Duration time, final Patience patience)
            throws ForkFailedException, InterruptedException {
        final long start = System.nanoTime();
        while (System.nanoTime() - start < time.toNanos()) {
            fork.run(slice, patience);
        }
    }

    private static ForkSpec recorded(final ForkSpec spec, final Path settings, final Path recording) {
        final List<String> flags = new ArrayList<>(spec.side().jvmArgs());
        flags.add("-XX:StartFlightRecording=settings=" + settings + ",filename=" + recording + ",dumponexit=true");
        // What the recorder says of itself would come between the lines of the protocol.
        flags.addAll(List.of("-Xlog:disable", "-Xlog:all=error:stderr"));
        // Samples are then exact at any place of the compiled code, not only where the JVM could stop.
        flags.addAll(List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+DebugNonSafepoints"));
        final Side side = spec.side();
        return spec.withSide(new Side(
                side.name(),
                side.spec(),
                side.commit(),
                side.tree(),
                side.dirty(),
                side.jdk(),
                flags,
                side.env(),
                side.patches(),
                side.copy()));
    }

    @Override
    public void close() throws IOException {
        space.remove();
    }
}
