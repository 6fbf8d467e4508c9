package dev.maar.adopters.frames;

import dev.maar.transport.ReceiveTimeoutException;
import dev.maar.transport.Receiver;
import dev.maar.transport.Transport;
import dev.maar.transport.TransportRuntime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps an index of the newest reports by camera and number. For one thread. */
public final class Archive implements AutoCloseable {

    private record Key(int camera, long number) {}

    private final int capacity;
    private final Set<Transport> carriers = EnumSet.noneOf(Transport.class);
    private final Map<Key, FrameReport> index = new HashMap<>();
    private final ArrayDeque<Key> oldestFirst = new ArrayDeque<>();
    private final Receiver<FrameReport> input;
    private long stored;

    /**
     * An archive that listens at once.
     *
     * @param runtime the runtime to subscribe with
     * @param capacity how many reports to keep, at least 1; when there are more, the oldest goes
     */
    public Archive(final TransportRuntime runtime, final int capacity) {
        this.capacity = capacity;
        this.input = runtime.receiver(Inspector.REPORTS);
    }

    /**
     * Stores the next report.
     *
     * @param patience how long to wait for it
     * @return the report; empty when none came
     */
    public Optional<FrameReport> store(final Duration patience) {
        final FrameReport report;
        try {
            report = input.receive(patience);
        } catch (final ReceiveTimeoutException nothing) {
            return Optional.empty();
        }
        carriers.add(input.delivery().transport());
        final Key key = new Key(report.camera(), report.number());
        if (index.put(key, report) == null) {
            oldestFirst.addLast(key);
        }
        if (index.size() > capacity) {
            index.remove(oldestFirst.removeFirst());
        }
        stored++;
        return Optional.of(report);
    }

    /**
     * Finds a report.
     *
     * @param camera which camera
     * @param number the frame's number
     * @return the report; empty when it never came or has gone
     */
    public Optional<FrameReport> find(final int camera, final long number) {
        return Optional.ofNullable(index.get(new Key(camera, number)));
    }

    /**
     * Reports stored, those that have gone included.
     *
     * @return their number
     */
    public long stored() {
        return stored;
    }

    /**
     * What has carried reports so far.
     *
     * @return the transports; empty before the first report
     */
    public Set<Transport> carriers() {
        return EnumSet.copyOf(carriers);
    }

    /** Stops listening. */
    @Override
    public void close() {
        input.close();
    }
}
