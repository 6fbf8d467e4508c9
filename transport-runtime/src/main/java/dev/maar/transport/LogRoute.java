package dev.maar.transport;

import dev.maar.transport.aeron.LogGeometry;
import dev.maar.transport.aeron.LogReader;
import dev.maar.transport.aeron.LogWriter;
import dev.maar.transport.mesh.LogShape;
import dev.maar.transport.mesh.Message;
import dev.maar.transport.mesh.Peer;
import java.util.Optional;

/** The way from one publisher's log to its subscribers. Guarded by the registry's lock. */
abstract sealed class LogRoute permits SharedRoute, DirectRoute, TcpRoute {

    private final LogWriter writer;
    private final Transport transport;

    LogRoute(final LogWriter writer, final Transport transport) {
        this.writer = writer;
        this.transport = transport;
    }

    /** What carries the log's messages. */
    final Transport transport() {
        return transport;
    }

    /** The publisher's log. */
    final LogWriter writer() {
        return writer;
    }

    /**
     * One more subscriber, which hears what is published from now on. It holds the publisher back from now on, unless it
     * is leaky.
     */
    abstract LogReader join(boolean leaky);

    /** A subscriber does not hold the publisher back any more. */
    abstract void part(LogReader reader);

    /** The log as another runtime has to know it. */
    final LogShape shape() {
        final LogGeometry geometry = writer.geometry();
        return new LogShape(
                writer.sessionId(),
                geometry.streamId(),
                geometry.termLength(),
                geometry.mtu(),
                geometry.initialTermId(),
                writer.bound(),
                writer.writtenEnd(),
                writer.nextSequence());
    }

    /**
     * What a subscriber of another runtime has to know to join the log.
     *
     * @param number of the route
     * @param subscriber the other runtime's number for it
     * @param to the other runtime
     * @return what to tell it; empty when this way does not lead there
     */
    Optional<Message.Offered> offer(final long number, final long subscriber, final Peer to) {
        return Optional.empty();
    }

    /**
     * A subscriber of another runtime is about to join what was offered.
     *
     * @return whether it has joined with that; otherwise it will say so
     */
    boolean invite(final Guest guest) {
        admit(guest);
        return true;
    }

    /** A subscriber of another runtime has joined what was offered; it hears what is published from now on. */
    void admit(final Guest guest) {
        throw new IllegalStateException("nothing was offered to " + guest);
    }

    /** A subscriber of another runtime that was admitted has left or died. */
    void dismiss(final Guest guest) {
        throw new IllegalStateException("not admitted: " + guest);
    }

    /** No more will be published; what was is still delivered. */
    abstract void end();
}
