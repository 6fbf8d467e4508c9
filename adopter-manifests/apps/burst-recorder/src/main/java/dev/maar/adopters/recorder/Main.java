package dev.maar.adopters.recorder;

import dev.maar.transport.PublisherOptions;
import dev.maar.transport.TransportContext;
import dev.maar.transport.TransportRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Makes, plays and describes recordings. The one that the farm's jig plays was made so, in this app's folder, with the runtime and the jig
 * API in Maven's local repository ({@code mvn install -pl transport-runtime,agent/jig -am} at the root):
 *
 * <pre>
 * mvn package -DskipTests dependency:copy-dependencies
 * java -cp 'target/classes:target/dependency/*' dev.maar.adopters.recorder.Main record src/test/resources/control-units.recording 60
 * </pre>
 */
public final class Main {

    /** Messages that come within a tenth of a millisecond of each other belong to one burst. */
    public static final long BURST_GAP_NANOS = 100_000;

    private static final int MOST_MESSAGES = 1 << 16;
    private static final int MOST_BYTES = 1 << 24;
    private static final int LIMIT = 64;
    /** About a tenth of a second, and about 50 KB. */
    private static final int CYCLES = 60;
    private static final String USAGE =
            "record FILE [CYCLES] | play FILE [SPEED] | show FILE: records the control units' bus, plays a recording, describes it";

    private Main() {}

    /**
     * Does one of its jobs.
     *
     * @param arguments {@code record FILE [CYCLES]}, {@code play FILE [SPEED]} or {@code show FILE}
     * @throws IOException when the file can not be read or written
     */
    public static void main(final String[] arguments) throws IOException {
        if (!run(List.of(arguments), System.out)) {
            System.exit(2);
        }
    }

    /** False when the arguments make no sense. */
    static boolean run(final List<String> arguments, final PrintStream out) throws IOException {
        if (arguments.size() < 2 || arguments.size() > 3) {
            out.println(USAGE);
            return false;
        }
        final Path file = Path.of(arguments.get(1));
        final String amount = arguments.size() > 2 ? arguments.get(2) : "";
        switch (arguments.get(0)) {
            case "record" -> record(file, amount.isEmpty() ? CYCLES : Integer.parseInt(amount), out);
            case "play" -> play(file, amount.isEmpty() ? 1 : Double.parseDouble(amount), out);
            case "show" -> describe(read(file), out);
            default -> {
                out.println(USAGE);
                return false;
            }
        }
        return true;
    }

    private static void record(final Path file, final int cycles, final PrintStream out) throws IOException {
        try (TransportRuntime runtime = TransportRuntime.launch(new TransportContext());
                BurstRecorder recorder = recorder(runtime);
                ControlUnits units = new ControlUnits(runtime, PublisherOptions.defaults(), 1)) {
            for (int i = 0; i < cycles; i++) {
                units.cycle(() -> recorder.poll(LIMIT));
            }
            recorder.poll(LIMIT);
            final Recording recording = recorder.take();
            try (OutputStream to = Files.newOutputStream(file)) {
                RecordingFile.write(recording, to);
            }
            describe(recording, out);
        }
    }

    private static void play(final Path file, final double speed, final PrintStream out) throws IOException {
        try (TransportRuntime runtime = TransportRuntime.launch(new TransportContext());
                BurstRecorder recorder = recorder(runtime);
                Player player = new Player(runtime, PublisherOptions.defaults(), read(file))) {
            player.play(speed, () -> recorder.poll(LIMIT));
            recorder.poll(LIMIT);
            describe(recorder.take(), out);
        }
    }

    private static BurstRecorder recorder(final TransportRuntime runtime) {
        return new BurstRecorder(runtime, MOST_MESSAGES, MOST_BYTES, System::nanoTime);
    }

    private static Recording read(final Path file) throws IOException {
        try (InputStream from = Files.newInputStream(file)) {
            return RecordingFile.read(from);
        }
    }

    private static void describe(final Recording recording, final PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%d messages in %d bursts, %d bytes, %.1f ms%n",
                recording.size(),
                recording.bursts(BURST_GAP_NANOS).size(),
                recording.payloadBytes(),
                recording.durationNanos() / 1e6);
    }
}
