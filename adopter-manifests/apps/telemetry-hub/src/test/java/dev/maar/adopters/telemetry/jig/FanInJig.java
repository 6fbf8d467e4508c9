package dev.maar.adopters.telemetry.jig;

import dev.maar.adopters.telemetry.Device;
import dev.maar.adopters.telemetry.Reading;
import dev.maar.adopters.telemetry.TelemetryHub;
import dev.maar.adopters.telemetry.WindowStats;
import dev.maar.jig.Case;
import dev.maar.jig.Check;
import dev.maar.jig.Jig;
import dev.maar.jig.Stall;
import dev.maar.transport.Codec;
import dev.maar.transport.Publisher;
import dev.maar.transport.PublisherOptions;
import dev.maar.transport.Subscriber;
import dev.maar.transport.Topic;
import dev.maar.transport.Transport;
import dev.maar.transport.TransportContext;
import dev.maar.transport.TransportRuntime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Devices report in turn and the hub works on their readings, all on the runtime's one thread: the jig only says how many
 * readings it wants and waits, so that a measurement does not depend on how two threads are placed. Readings go out in
 * bursts of as many as may be in flight, each of which is finished before the next. An operation is one reading.
 *
 * <p>Settings: {@code transport} (local, shm), {@code publishers} (how many devices).
 */
public final class FanInJig implements Jig {

    private static final int SENSORS_PER_DEVICE = 4;
    private static final int WINDOW_READINGS = 32;
    /** Readings of a device in a burst: so many may be in flight, so that none is refused. */
    private static final int BURST_PER_DEVICE = 128;
    /** Prepared readings of a sensor, which are reported over and over; whole rounds of the counter. */
    private static final int READINGS = 4 * Reading.COUNTERS;

    /** How long a burst may take; far longer than it does, unless readings are lost. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final long LOOK_NANOS = 50_000;
    /**
     * Readings of the rehearsal, which has the runtime's loop compiled while it is busy. Left to itself, it is compiled
     * while it waits for the first slices, and then ends up faster or slower by a fifth from fork to fork.
     */
    private static final long REHEARSAL = 1 << 19;

    private static final Topic<ByteBuffer> START = Topic.of("fan-in/start", Codec.bytes());
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Stall stall = new Stall();
    private final List<Device> devices = new ArrayList<>();
    private TransportRuntime runtime;
    private TelemetryHub hub;
    private Publisher<ByteBuffer> start;
    private Subscriber started;
    /** In the order in which they are reported: one of each device in turn. */
    private Reading[] readings;

    private long[] windowHashes;
    private LongSupplier arrived;
    private volatile long wanted;
    private int turn;
    private int next;

    @Override
    public void setUp(final Case setting) {
        prepare(setting);
        run(REHEARSAL);
    }

    private void prepare(final Case setting) {
        final int count = setting.getInt("publishers");
        final PublisherOptions options = options(setting.get("transport"));
        final int sensors = count * SENSORS_PER_DEVICE;
        readings = readings(count, sensors, setting.seed());
        windowHashes = new long[sensors];
        runtime = TransportRuntime.launch(new TransportContext().maxInFlight(BURST_PER_DEVICE));
        hub = new TelemetryHub(runtime, sensors, WINDOW_READINGS, this::windowClosed);
        for (int i = 0; i < count; i++) {
            devices.add(new Device(runtime, options, BURST_PER_DEVICE));
        }
        start = runtime.publisher(START);
        started = runtime.subscribe(START, (nothing, delivery) -> reportAll());
        arrived = this::arrived;
    }

    private static PublisherOptions options(final String transport) {
        return switch (transport) {
            case "local" -> PublisherOptions.defaults().allowLocal(true);
            case "shm" -> PublisherOptions.defaults().allowLocal(false);
            default -> throw new IllegalArgumentException("the fan-in jig knows local and shm, not " + transport);
        };
    }

    private static Reading[] readings(final int devices, final int sensors, final long seed) {
        final Random random = new Random(seed);
        final Reading[] readings = new Reading[sensors * READINGS];
        for (int i = 0; i < readings.length; i++) {
            final int turn = i / devices;
            final int sensor = i % devices * SENSORS_PER_DEVICE + turn % SENSORS_PER_DEVICE;
            final int counter = turn / SENSORS_PER_DEVICE % Reading.COUNTERS;
            readings[i] = new Reading(sensor, counter, 20 + random.nextGaussian());
        }
        return readings;
    }

    private void windowClosed(final WindowStats stats) {
        final int sensor = stats.sensor();
        windowHashes[sensor] = windowHashes[sensor] * 31 + hash(stats);
    }

    private static long hash(final WindowStats stats) {
        long hash = stats.sensor() * 31L + stats.window();
        hash = hash * 31 + stats.count();
        hash = hash * 31 + Double.doubleToRawLongBits(stats.min());
        hash = hash * 31 + Double.doubleToRawLongBits(stats.max());
        hash = hash * 31 + Double.doubleToRawLongBits(stats.mean());
        return hash * 31 + Double.doubleToRawLongBits(stats.deviation());
    }

    @Override
    public void run(final long operations) {
        // Counted from what is there and not from what was sent: what was lost before is not waited for again.
        final long target = hub.received() + operations;
        wanted = operations;
        start.publish(NOTHING);
        stall.await(arrived, target);
    }

    /** Looks rarely, because a look takes the counter's cache line from the thread that works. */
    private long arrived() {
        LockSupport.parkNanos(LOOK_NANOS);
        return hub.received();
    }

    /** On the runtime's thread, where waiting for the hub means serving it. */
    private void reportAll() {
        long left = wanted;
        while (left > 0) {
            final long burst = Math.min(left, (long) BURST_PER_DEVICE * devices.size());
            for (long i = 0; i < burst; i++) {
                report();
            }
            left -= burst;
            for (final Device device : devices) {
                if (!device.finish(PATIENCE)) {
                    return;
                }
            }
        }
    }

    private void report() {
        devices.get(turn).report(readings[next]);
        turn = turn + 1 == devices.size() ? 0 : turn + 1;
        next = next + 1 == readings.length ? 0 : next + 1;
    }

    @Override
    public Check check() {
        // Sensors are added up because devices owe each other no order; a sensor's own order shows in the missing
        // count.
        long checksum = hub.missing();
        for (int sensor = 0; sensor < windowHashes.length; sensor++) {
            checksum += windowHashes[sensor] * 31 + hash(hub.open(sensor));
        }
        return Check.of(hub.received() - REHEARSAL, checksum);
    }

    @Override
    public Map<String, String> attest() {
        final Set<Transport> carriers = hub.carriers();
        if (carriers.isEmpty()) {
            return Map.of();
        }
        return Map.of(
                "transport", carriers.size() == 1 ? carriers.iterator().next().label() : "mixed");
    }

    @Override
    public void close() {
        start.close();
        started.close();
        devices.forEach(Device::close);
        hub.close();
        runtime.close();
    }
}
