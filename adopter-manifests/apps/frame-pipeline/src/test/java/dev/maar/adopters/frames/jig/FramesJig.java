package dev.maar.adopters.frames.jig;

import dev.maar.adopters.frames.Archive;
import dev.maar.adopters.frames.Camera;
import dev.maar.adopters.frames.FrameReport;
import dev.maar.adopters.frames.Inspector;
import dev.maar.jig.Case;
import dev.maar.jig.Check;
import dev.maar.jig.Jig;
import dev.maar.transport.PublisherOptions;
import dev.maar.transport.Transport;
import dev.maar.transport.TransportRuntime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Camera, inspector and archive in turn on the jig's own thread. An operation is one frame, from capture to index. A
 * frame is in flight at a time, so its way through shared memory is never hidden behind the work on another. Nobody reads
 * while it is captured, so there it has to fit into half a term of the log.
 *
 * <p>Settings: {@code transport} (local, shm), {@code payloadBytes} (of a frame's pixels, a multiple of 65,536).
 */
public final class FramesJig implements Jig {

    private static final int WIDTH = 1024;
    private static final int PICTURES = 8;
    private static final int ARCHIVED = 1024;
    /** Waiting is the receivers' own: a message that has not come by then is lost. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ByteBuffer[] pictures = new ByteBuffer[PICTURES];
    private TransportRuntime runtime;
    private Camera camera;
    private Inspector inspector;
    private Archive archive;
    private int height;
    private long checksum;

    @Override
    public void setUp(final Case setting) {
        final int payloadBytes = setting.getInt("payloadBytes");
        if (payloadBytes < 1 || payloadBytes % (64 * WIDTH) != 0) {
            throw new IllegalArgumentException("payloadBytes is a multiple of 65536, not " + payloadBytes);
        }
        final PublisherOptions options = options(setting.get("transport"));
        height = payloadBytes / WIDTH;
        final Random random = new Random(setting.seed());
        for (int i = 0; i < PICTURES; i++) {
            final byte[] pixels = new byte[payloadBytes];
            random.nextBytes(pixels);
            pictures[i] = ByteBuffer.wrap(pixels);
        }
        runtime = TransportRuntime.launch();
        camera = new Camera(runtime, options, 0);
        inspector = new Inspector(runtime, options);
        archive = new Archive(runtime, ARCHIVED);
    }

    private static PublisherOptions options(final String transport) {
        return switch (transport) {
            case "local" -> PublisherOptions.defaults().allowLocal(true);
            case "shm" -> PublisherOptions.defaults().allowLocal(false);
            default -> throw new IllegalArgumentException("the frames jig knows local and shm, not " + transport);
        };
    }

    @Override
    public void run(final long operations) {
        for (long i = 0; i < operations; i++) {
            final long number = camera.captured();
            camera.capture(WIDTH, height, pictures[(int) (number % PICTURES)]);
            if (!archived(number)) {
                return;
            }
        }
    }

    /** Works until a frame is in the archive; false when it, or its report, does not come. */
    private boolean archived(final long number) {
        while (true) {
            if (!inspector.inspect(PATIENCE)) {
                return false;
            }
            final Optional<FrameReport> report = archive.store(PATIENCE);
            if (report.isEmpty()) {
                return false;
            }
            checksum = checksum * 31 + hash(report.get());
            // A frame of an earlier run that came too late is worked on first.
            if (report.get().number() >= number) {
                return true;
            }
        }
    }

    private static long hash(final FrameReport report) {
        long hash = report.number() * 31 + report.checksum();
        hash = hash * 31 + Double.doubleToRawLongBits(report.brightness());
        hash = hash * 31 + Double.doubleToRawLongBits(report.darkest());
        return hash * 31 + Double.doubleToRawLongBits(report.brightest());
    }

    @Override
    public Check check() {
        return Check.of(archive.stored(), checksum);
    }

    @Override
    public Map<String, String> attest() {
        final Set<Transport> carriers = EnumSet.copyOf(inspector.carriers());
        carriers.addAll(archive.carriers());
        if (carriers.isEmpty()) {
            return Map.of();
        }
        return Map.of(
                "transport", carriers.size() == 1 ? carriers.iterator().next().label() : "mixed");
    }

    @Override
    public void close() {
        camera.close();
        inspector.close();
        archive.close();
        runtime.close();
    }
}
