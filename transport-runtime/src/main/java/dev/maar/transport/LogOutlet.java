package dev.maar.transport;

import dev.maar.transport.aeron.LogWriter;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The sending end of one log of a publisher. For the publisher's thread, except where said.
 *
 * <p>A log of which only leaky subscribers of one other runtime read is not waited for when it has no room and nobody has
 * read for a while: that runtime's process is frozen. It misses messages then, until it reads again.
 */
final class LogOutlet extends Padded {

    /** Above what a busy machine keeps a thread waiting, and little for a publisher to be held back once. */
    private static final long FROZEN_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Transport transport;
    private final boolean apart;
    private final LogRoute route;
    private final LogWriter writer;
    private final Tally tally;

    private boolean taking;
    private int done;
    private @Nullable ByteBuffer into;

    /** Up to where the log could be written when it last had no room, and since when. */
    private long stuckAt = -1;

    private long stuckSince;

    /** @param apart whether the log is for leaky subscribers of one other runtime */
    LogOutlet(final Transport transport, final LogRoute route, final boolean apart, final Tally tally) {
        this.transport = transport;
        this.apart = apart;
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

    void commit(final long sequence) {
        writer.commit(sequence);
    }

    /** Whether the log is for leaky subscribers of one other runtime. From any thread. */
    boolean isApart() {
        return apart;
    }

    /** After a refusal: whether this log is not to be waited for; then it takes no part in this message any more. */
    boolean isGivenUp() {
        if (!apart || !taking) {
            return false;
        }
        final long limit = writer.limit();
        final long now = System.nanoTime();
        if (limit != stuckAt) {
            stuckAt = limit;
            stuckSince = now;
        }
        if (now - stuckSince < FROZEN_NANOS) {
            return false;
        }
        taking = false;
        return true;
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
