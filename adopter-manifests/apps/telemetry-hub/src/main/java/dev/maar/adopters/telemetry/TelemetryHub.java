package dev.maar.adopters.telemetry;

import dev.maar.transport.Delivery;
import dev.maar.transport.Subscriber;
import dev.maar.transport.Topic;
import dev.maar.transport.Transport;
import dev.maar.transport.TransportRuntime;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Takes the readings of all devices and keeps statistics of each sensor. Works on the runtime's thread.
 * {@link #received()} may be called from any thread; what it counts is visible to a thread that has read it, so the
 * other methods may be called while no reading is on its way.
 */
public final class TelemetryHub implements AutoCloseable {

    /** Where devices report to. */
    public static final Topic<Reading> READINGS = Topic.of("telemetry/readings", new ReadingCodec());

    private final SensorWindow[] sensors;
    private final WindowStats[] latest;
    private final int windowReadings;
    private final Consumer<WindowStats> closed;
    private final Set<Transport> carriers = EnumSet.noneOf(Transport.class);
    private final AtomicLong received = new AtomicLong();
    private final Subscriber subscriber;
    private long unknown;

    /**
     * A hub that listens at once.
     *
     * @param runtime the runtime to subscribe with
     * @param sensors how many sensors there are
     * @param windowReadings how many readings of a sensor make a window, at least 1
     * @param closed told each full window, on the runtime's thread
     */
    public TelemetryHub(
            final TransportRuntime runtime,
            final int sensors,
            final int windowReadings,
            final Consumer<WindowStats> closed) {
        this.sensors = new SensorWindow[sensors];
        for (int sensor = 0; sensor < sensors; sensor++) {
            this.sensors[sensor] = new SensorWindow(sensor);
        }
        this.latest = new WindowStats[sensors];
        this.windowReadings = windowReadings;
        this.closed = closed;
        this.subscriber = runtime.subscribe(READINGS, this::take);
    }

    private void take(final Reading reading, final Delivery delivery) {
        carriers.add(delivery.transport());
        final int sensor = reading.sensor();
        if (sensor < 0 || sensor >= sensors.length) {
            unknown++;
        } else {
            final SensorWindow window = sensors[sensor];
            if (window.add(reading) == windowReadings) {
                latest[sensor] = window.stats();
                window.next();
                closed.accept(latest[sensor]);
            }
        }
        // The runtime's thread is the only writer: a release is enough, and cheaper than an atomic addition.
        received.lazySet(received.getPlain() + 1);
    }

    /**
     * Readings that arrived.
     *
     * @return their number
     */
    public long received() {
        return received.getAcquire();
    }

    /**
     * What has carried readings so far.
     *
     * @return the transports; empty before the first reading
     */
    public Set<Transport> carriers() {
        return EnumSet.copyOf(carriers);
    }

    /**
     * Readings of sensors that the hub does not know.
     *
     * @return their number
     */
    public long unknown() {
        return unknown;
    }

    /**
     * Readings that did not arrive although a later one of the same sensor did.
     *
     * @return their number
     */
    public long missing() {
        long missing = 0;
        for (final SensorWindow window : sensors) {
            missing += window.missing();
        }
        return missing;
    }

    /**
     * A sensor's last full window.
     *
     * @param sensor the sensor
     * @return its statistics; empty before the first window is full
     */
    public Optional<WindowStats> latest(final int sensor) {
        return Optional.ofNullable(latest[sensor]);
    }

    /**
     * A sensor's window that is not full yet.
     *
     * @param sensor the sensor
     * @return its statistics so far; with a count of 0, the least and greatest values are infinite
     */
    public WindowStats open(final int sensor) {
        return sensors[sensor].stats();
    }

    /** Stops listening. */
    @Override
    public void close() {
        subscriber.close();
    }
}
