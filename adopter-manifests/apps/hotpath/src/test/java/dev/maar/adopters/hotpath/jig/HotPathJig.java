package dev.maar.adopters.hotpath.jig;

import dev.maar.adopters.hotpath.HotPath;
import dev.maar.jig.Case;
import dev.maar.jig.Check;
import dev.maar.jig.Jig;
import dev.maar.jig.Latencies;
import dev.maar.jig.LatencyRecorder;
import dev.maar.jig.Stall;
import dev.maar.transport.Transport;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Strict ping-pong, one message in flight. An operation is one message, there or back.
 *
 * <p>Settings: {@code transport} (local, shm, udp, tcp), {@code payloadBytes}, {@code api} (async, which is the default, or sync).
 */
public final class HotPathJig implements Jig {

    private static final long REHEARSAL = 1 << 18;
    private static final long REHEARSAL_BYTES = 1 << 28;
    private static final long SOCKET_REHEARSAL = 1 << 13;
    private static final long SOCKET_REHEARSAL_BYTES = 1 << 26;

    private final Stall stall = new Stall();
    private final LatencyRecorder latencies = new LatencyRecorder();
    private HotPath hotPath;
    private LongSupplier advance;
    private long rehearsed;

    @Override
    public void setUp(final Case setting) {
        prepare(setting);
        rehearsed = rehearsal(setting);
        run(rehearsed);
        latencies.drain();
    }

    /**
     * Messages that have the runtime's loop compiled while it is busy. Left to itself, it is compiled while it waits for the first
     * slices, and then ends up faster or slower by a fifth from fork to fork. As many on either side, so that both deliver as much.
     */
    private static long rehearsal(final Case setting) {
        final boolean socket = switch (transport(setting.get("transport"))) {
            case LOCAL, SHM -> false;
            case UDP, TCP -> true;
        };
        final long bytes = socket ? SOCKET_REHEARSAL_BYTES : REHEARSAL_BYTES;
        final long messages = socket ? SOCKET_REHEARSAL : REHEARSAL;
        return Math.max(1, Math.min(messages, bytes / Math.max(1, setting.getInt("payloadBytes"))));
    }

    private void prepare(final Case setting) {
        hotPath = new HotPath(
                transport(setting.get("transport")),
                api(setting.get("api", "async")),
                setting.getInt("payloadBytes"),
                setting.seed(),
                latencies::record);
        advance = hotPath::advance;
    }

    private static Transport transport(final String label) {
        return Arrays.stream(Transport.values())
                .filter(transport -> transport.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the runtime has no transport '" + label + "'"));
    }

    private static HotPath.Api api(final String label) {
        return switch (label) {
            case "async" -> HotPath.Api.ASYNC;
            case "sync" -> HotPath.Api.SYNC;
            default -> throw new IllegalArgumentException("the pingpong jig knows async and sync, not " + label);
        };
    }

    @Override
    public void run(final long operations) {
        final long target = hotPath.advance() + operations;
        hotPath.play(operations);
        // A lost message ends the game; the next one begins afresh.
        stall.await(advance, target);
    }

    @Override
    public Check check() {
        return Check.of(hotPath.messages() - rehearsed, hotPath.checksum());
    }

    /** The transport that the deliveries name, provided that the runtime's own counters say the same. */
    @Override
    public Map<String, String> attest() {
        final Set<Transport> carriers = hotPath.carriers();
        if (carriers.isEmpty()) {
            return Map.of();
        }
        final Transport carrier = carriers.iterator().next();
        final boolean alone = carriers.size() == 1 && hotPath.counted(carrier) == hotPath.messages();
        return Map.of("transport", alone ? carrier.label() : "mixed");
    }

    @Override
    public Latencies latencies() {
        return latencies.drain();
    }

    @Override
    public void close() {
        hotPath.close();
    }
}
