package dev.maar.transport;

import dev.maar.transport.aeron.RemotePosition;
import dev.maar.transport.mesh.Peer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * How far subscribers of other runtimes have finished with logs that go there by UDP, as far as they have told, and
 * whether what is on its way to them has arrived. Belongs to one client of a media driver. Thread-safe.
 */
final class FarReaders {

    /** For how long a log that has ended is waited for: as long as a link by TCP is. */
    private static final long DELIVERY_NANOS = TimeUnit.SECONDS.toNanos(15);

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Asked as often as messages come, and so without a box around each number. */
    private final Long2ObjectHashMap<FarReader> readers = new Long2ObjectHashMap<>();

    private final Map<Long, Leaving> leaving = new HashMap<>();

    private record FarReader(Peer peer, RemotePosition position) {}

    /** A reader of a log that has ended: it is waited for until it is at the end, or the time has come. */
    private record Leaving(FarReader reader, long end, long at) {

        boolean isDone() {
            return reader.position().get() >= end || System.nanoTime() - at >= 0;
        }
    }

    /** A subscriber of a route that counts on what it tells. */
    synchronized void add(final long route, final Peer peer, final RemotePosition position) {
        readers.put(route, new FarReader(peer, position));
    }

    /** It has finished with everything up to a position. From whom nothing is expected is not listened to. */
    synchronized void consumed(final Peer peer, final long route, final long position) {
        final Leaving last = leaving.isEmpty() ? null : leaving.get(route);
        final FarReader reader = last == null ? readers.get(route) : last.reader();
        if (reader != null && reader.peer() == peer) {
            reader.position().finished(position);
        }
    }

    /** It does not read any more. */
    synchronized void remove(final long route) {
        final FarReader reader = readers.remove(route);
        if (reader != null) {
            reader.position().close();
        }
    }

    /** Its log has ended at a position; it still reads. */
    synchronized void leave(final long route, final long end) {
        final FarReader reader = readers.remove(route);
        if (reader != null) {
            leaving.put(route, new Leaving(reader, end, System.nanoTime() + DELIVERY_NANOS));
        }
    }

    /** The other runtime has gone: nothing arrives there any more. */
    synchronized void lost(final Peer peer) {
        leaving.values().removeIf(each -> {
            final boolean gone = each.reader().peer() == peer;
            if (gone) {
                each.reader().position().close();
            }
            return gone;
        });
    }

    /** Whether something is on its way; frees what is not needed any more. */
    synchronized boolean isDelivering() {
        leaving.values().removeIf(each -> {
            final boolean done = each.isDone();
            if (done) {
                each.reader().position().close();
            }
            return done;
        });
        return !leaving.isEmpty();
    }

    /** Waits until what is on its way has arrived, or its time is over. */
    void awaitDelivered() {
        while (isDelivering()) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Listens to nobody any more. Before the client is closed. */
    synchronized void close() {
        readers.values().forEach(reader -> reader.position().close());
        leaving.values().forEach(each -> each.reader().position().close());
        readers.clear();
        leaving.clear();
    }
}
