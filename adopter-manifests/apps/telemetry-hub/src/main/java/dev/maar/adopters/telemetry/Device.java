package dev.maar.adopters.telemetry;

import dev.maar.transport.Publisher;
import dev.maar.transport.PublisherOptions;
import dev.maar.transport.TransportRuntime;
import java.time.Duration;
import java.util.ArrayDeque;

/**
 * Reports the readings of its sensors and never waits for the hub: what finds no room is kept, and when there is too
 * much of it the oldest is dropped, because a new reading is worth more than an old one. For one thread.
 */
public final class Device implements AutoCloseable {

    private final Publisher<Reading> publisher;
    private final int backlogLimit;
    private final ArrayDeque<Reading> backlog;
    private long dropped;

    /**
     * A device.
     *
     * @param runtime the runtime to publish with
     * @param options how to publish
     * @param backlogLimit how many readings to keep that found no room, at least 1
     */
    public Device(final TransportRuntime runtime, final PublisherOptions options, final int backlogLimit) {
        this.publisher = runtime.publisher(TelemetryHub.READINGS, options);
        this.backlogLimit = backlogLimit;
        this.backlog = new ArrayDeque<>(backlogLimit);
    }

    /**
     * Sends a reading, after those that were kept, or keeps it.
     *
     * @param reading the reading
     */
    public void report(final Reading reading) {
        if (flush() && publisher.tryPublish(reading)) {
            return;
        }
        if (backlog.size() == backlogLimit) {
            backlog.removeFirst();
            dropped++;
        }
        backlog.addLast(reading);
    }

    /**
     * Sends what was kept, as far as there is room.
     *
     * @return whether nothing is left
     */
    public boolean flush() {
        while (!backlog.isEmpty()) {
            if (!publisher.tryPublish(backlog.getFirst())) {
                return false;
            }
            backlog.removeFirst();
        }
        return true;
    }

    /**
     * Sends what was kept and waits until the hub has everything.
     *
     * @param patience how long to wait for the hub to make room, each time
     * @return whether the hub has everything
     */
    public boolean finish(final Duration patience) {
        while (publisher.awaitDrained(patience)) {
            if (backlog.isEmpty()) {
                return true;
            }
            flush();
        }
        return false;
    }

    /**
     * Readings that wait for room.
     *
     * @return their number
     */
    public int backlog() {
        return backlog.size();
    }

    /**
     * Readings that were dropped because too many waited.
     *
     * @return their number
     */
    public long dropped() {
        return dropped;
    }

    /** Stops reporting; what waits is dropped. */
    @Override
    public void close() {
        publisher.close();
    }
}
