package dev.maar.adopters.recorder.jig;

import dev.maar.adopters.recorder.BurstRecorder;
import dev.maar.adopters.recorder.Main;
import dev.maar.adopters.recorder.Player;
import dev.maar.adopters.recorder.Recording;
import dev.maar.adopters.recorder.RecordingFile;
import dev.maar.jig.Case;
import dev.maar.jig.Check;
import dev.maar.jig.Jig;
import dev.maar.jig.Stall;
import dev.maar.transport.PublisherOptions;
import dev.maar.transport.Transport;
import dev.maar.transport.TransportContext;
import dev.maar.transport.TransportRuntime;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.zip.CRC32;

/**
 * Plays a real recording into a recorder, on the jig's own thread. An operation is one message. The recorded times say which messages are a
 * burst: a burst is published at once, as far as it may be in flight, and then captured; the pauses between bursts are left
 * out, as nothing happens in them that could be measured. What was captured is read from the tape when the recording has
 * been played to its end.
 *
 * <p>Settings: {@code transport} (local, shm).
 */
public final class ReplayJig implements Jig {

    private static final String RECORDING = "/control-units.recording";

    private final Stall stall = new Stall();
    private final CRC32 crc = new CRC32();
    private TransportRuntime runtime;
    private int window;
    private BurstRecorder recorder;
    private Player player;
    /** For each message, how many of its burst are left with it. */
    private int[] leftOfBurst;

    private LongSupplier captured;
    private long checksum;

    @Override
    public void setUp(final Case setting) throws IOException {
        final PublisherOptions options = options(setting.get("transport"));
        final TransportContext context = new TransportContext();
        window = context.maxInFlight();
        final Recording recording = recording();
        leftOfBurst = leftOfBurst(recording);
        runtime = TransportRuntime.launch(context);
        recorder = new BurstRecorder(
                runtime, recording.size(), (int) recording.payloadBytes(), System::nanoTime);
        player = new Player(runtime, options, recording);
        captured = () -> {
            recorder.poll(window);
            return recorder.heard();
        };
    }

    private static PublisherOptions options(final String transport) {
        return switch (transport) {
            case "local" -> PublisherOptions.defaults().allowLocal(true);
            case "shm" -> PublisherOptions.defaults().allowLocal(false);
            default -> throw new IllegalArgumentException("the replay jig knows local and shm, not " + transport);
        };
    }

    private static Recording recording() throws IOException {
        try (InputStream from = ReplayJig.class.getResourceAsStream(RECORDING)) {
            if (from == null) {
                throw new FileNotFoundException(RECORDING + " is not on the class path");
            }
            return RecordingFile.read(from);
        }
    }

    private static int[] leftOfBurst(final Recording recording) {
        final int[] left = new int[recording.size()];
        int end = recording.size();
        final List<Integer> begins = recording.bursts(Main.BURST_GAP_NANOS);
        for (int burst = begins.size() - 1; burst >= 0; burst--) {
            for (int i = begins.get(burst); i < end; i++) {
                left[i] = end - i;
            }
            end = begins.get(burst);
        }
        return left;
    }

    @Override
    public void run(final long operations) {
        final long end = player.played() + operations;
        while (player.played() < end) {
            final int at = (int) (player.played() % leftOfBurst.length);
            final long burst = Math.min(Math.min(end - player.played(), window), leftOfBurst[at]);
            for (long i = 0; i < burst; i++) {
                player.next();
            }
            if (!stall.await(captured, player.played())) {
                return;
            }
            if (at + burst == leftOfBurst.length) {
                read(recorder.take());
            }
        }
    }

    private void read(final Recording tape) {
        for (int i = 0; i < tape.size(); i++) {
            final ByteBuffer message = tape.message(i);
            crc.reset();
            checksum = checksum * 31 + message.remaining();
            crc.update(message);
            checksum = checksum * 31 + crc.getValue();
        }
    }

    @Override
    public Check check() {
        // What is on the tape yet belongs to the check; the jig is at its end, so taking it does no harm.
        read(recorder.take());
        return Check.of(recorder.heard() - recorder.lost(), checksum * 31 + recorder.missing());
    }

    @Override
    public Map<String, String> attest() {
        final Set<Transport> carriers = recorder.carriers();
        if (carriers.isEmpty()) {
            return Map.of();
        }
        return Map.of(
                "transport", carriers.size() == 1 ? carriers.iterator().next().label() : "mixed");
    }

    @Override
    public void close() {
        player.close();
        recorder.close();
        runtime.close();
    }
}
