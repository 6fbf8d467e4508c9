package dev.maar.transport;

import dev.maar.transport.aeron.LogWriter;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The sending end of one log of a publisher. For the publisher's thread, except where said. */
final class LogOutlet extends Padded {

    private final Transport transport;
    private final LogRoute route;
    private final LogWriter writer;
    private final Tally tally;

    private boolean taking;
    private int done;
    private @Nullable ByteBuffer into;

    LogOutlet(final Transport transport, final LogRoute route, final Tally tally) {
        this.transport = transport;
        this.route = route;
        this.writer = route.writer();
        this.tally = tally;
    }

    /** What carries this log's messages. From any thread. */
    Transport transport() {
        return transport;
    }

    /** How the log gets to its readers. Guarded by the registry's lock. */
    LogRoute route() {
        return route;
    }

    /** From any thread. */
    boolean hasReaders() {
        return writer.hasConsumers();
    }

    /** A new message is to be sent: whether this log takes part. Holds until the next. */
    boolean begin() {
        taking = writer.hasConsumers();
        done = 0;
        return taking;
    }

    boolean isTaking() {
        return taking;
    }

    boolean hasRoom() {
        return writer.hasRoom();
    }

    boolean isDrained() {
        return writer.isDrained();
    }

    int maxPieceLength() {
        return writer.maxPieceLength();
    }

    boolean tryClaim(final int size) {
        into = writer.tryClaim(size);
        return into != null;
    }

    /** After {@link #tryClaim}. */
    ByteBuffer into() {
        return Objects.requireNonNull(into);
    }

    void commit(final long sequence, final int size) {
        writer.commit(sequence);
        tally.sent(size);
    }

    void abort() {
        writer.abort();
    }

    /** Whether this log has no more to take of a message in pieces. */
    boolean isDone(final int size) {
        return !taking || done == size || !writer.hasConsumers();
    }

    /** Takes the next piece of a message; false when there is no room. */
    boolean tryPiece(final ByteBuffer bytes, final long sequence) {
        final int before = done;
        done = writer.tryPiece(bytes, done, sequence);
        return done > before;
    }

    int done() {
        return done;
    }

    void count(final int size) {
        tally.sent(size);
    }
}
