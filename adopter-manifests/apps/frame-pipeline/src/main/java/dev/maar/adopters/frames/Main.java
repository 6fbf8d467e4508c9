package dev.maar.adopters.frames;

import dev.maar.transport.PublisherOptions;
import dev.maar.transport.TransportRuntime;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;

/** Shows the pipeline at work: a light moves through a dark scene, the archive's index is printed. */
public final class Main {

    private static final int SIDE = 256;
    private static final int FRAMES = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Main() {}

    /**
     * Captures and prints.
     *
     * @param arguments none
     */
    public static void main(final String[] arguments) {
        run(System.out);
    }

    static void run(final PrintStream out) {
        final PublisherOptions options = PublisherOptions.defaults();
        try (TransportRuntime runtime = TransportRuntime.launch();
                Camera camera = new Camera(runtime, options, 0);
                Inspector inspector = new Inspector(runtime, options);
                Archive archive = new Archive(runtime, FRAMES)) {
            for (int i = 0; i < FRAMES; i++) {
                camera.capture(SIDE, SIDE, scene(i));
                inspector.inspect(PATIENCE);
                archive.store(PATIENCE);
            }
            for (int i = 0; i < FRAMES; i++) {
                archive.find(0, i).ifPresent(report -> print(out, report));
            }
        }
    }

    /** A scene of brightness 10 with a light of 200 that fills as many tiles as were captured before it. */
    private static ByteBuffer scene(final int lit) {
        final ByteBuffer pixels = ByteBuffer.allocate(SIDE * SIDE);
        for (int i = 0; i < pixels.limit(); i++) {
            final boolean light = i / SIDE < TileMeter.TILE && i % SIDE < lit * TileMeter.TILE;
            pixels.put(i, (byte) (light ? 200 : 10));
        }
        return pixels;
    }

    private static void print(final PrintStream out, final FrameReport report) {
        out.printf(
                Locale.ROOT,
                "frame %d: brightness %.2f, tiles %.0f to %.0f, checksum %016x%n",
                report.number(),
                report.brightness(),
                report.darkest(),
                report.brightest(),
                report.checksum());
    }
}
