package dev.maar.transport.aeron;

import java.util.Arrays;
import org.agrona.concurrent.status.CountersReader;

/**
 * How far the readers of a log have come, read from the counters that the driver keeps for them. Thread-safe; asking
 * takes no lock.
 */
public final class ConsumerPositions {

    private final CountersReader counters;

    /** Replaced, never changed. */
    private volatile int[] ids = new int[0];

    ConsumerPositions(final CountersReader counters) {
        this.counters = counters;
    }

    int count() {
        return ids.length;
    }

    /**
     * The slowest reader's position.
     *
     * @return the position; {@link Long#MAX_VALUE} when there is no reader
     */
    public long slowest() {
        long slowest = Long.MAX_VALUE;
        for (final int id : ids) {
            slowest = Math.min(slowest, counters.getCounterValue(id));
        }
        return slowest;
    }

    /**
     * Counts one more reader.
     *
     * @param id the counter that holds its position
     */
    public synchronized void add(final int id) {
        final int[] current = ids;
        final int[] changed = Arrays.copyOf(current, current.length + 1);
        changed[current.length] = id;
        ids = changed;
    }

    /**
     * Counts one reader less.
     *
     * @param id the counter that holds its position
     */
    public synchronized void remove(final int id) {
        ids = Arrays.stream(ids).filter(each -> each != id).toArray();
    }
}
