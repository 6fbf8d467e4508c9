package dev.maar.transport;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The sending ends of all logs of one publisher, one for each transport in use. A message goes into all that have readers,
 * or into none. For the publisher's thread, except where said; which logs there are never changes.
 *
 * @param <T> the type of the messages
 */
final class LogFan<T> {

    private final Topic<T> topic;
    private final boolean raw;
    private final Patience patience;
    private final LogOutlet[] outlets;

    /** Which log refused last: it is asked first, so that the others are not begun in vain. */
    private int refuser;

    /** Nothing more may be written: a message in pieces is given up, to be sent again elsewhere. */
    private volatile boolean suspended;

    private ByteBuffer scratch = ByteBuffer.allocate(0);

    private LogFan(final Topic<T> topic, final Patience patience, final LogOutlet[] outlets) {
        this.topic = topic;
        this.raw = topic.codec() == Codec.bytes();
        this.patience = patience;
        this.outlets = outlets;
    }

    /** No logs. */
    static <T> LogFan<T> none(final Topic<T> topic, final Patience patience) {
        return new LogFan<>(topic, patience, new LogOutlet[0]);
    }

    /** With one more log. From any thread. */
    LogFan<T> with(final LogOutlet outlet) {
        final LogOutlet[] more = Arrays.copyOf(outlets, outlets.length + 1);
        more[outlets.length] = outlet;
        return new LogFan<>(topic, patience, more);
    }

    /** The logs there are, not to be changed. From any thread. */
    LogOutlet[] outlets() {
        return outlets;
    }

    /** From any thread: from the next message on nothing is written, and one in pieces is not finished. */
    void suspend() {
        suspended = true;
    }

    /** From any thread. */
    boolean hasReaders() {
        for (final LogOutlet outlet : outlets) {
            if (outlet.hasReaders()) {
                return true;
            }
        }
        return false;
    }

    boolean isDrained() {
        for (final LogOutlet outlet : outlets) {
            if (!outlet.isDrained()) {
                return false;
            }
        }
        return true;
    }

    /** A new message is to be sent: whether any log takes part. */
    boolean begin() {
        boolean taking = false;
        for (final LogOutlet outlet : outlets) {
            taking |= outlet.begin();
        }
        return taking;
    }

    /** Which transport had no room, after a refusal. */
    Transport refusedBy() {
        return outlets[refuser].transport();
    }

    /**
     * Sends a message, after {@link #begin}.
     *
     * @return false when a log has no room; then none has taken anything
     */
    boolean write(final T message, final long sequence) {
        for (int i = 0; i < outlets.length; i++) {
            if (outlets[i].isTaking() && !outlets[i].hasRoom()) {
                refuser = i;
                return false;
            }
        }
        final int size = topic.codec().size(message);
        if (size > maxPieceLength()) {
            return writePieces(message, size, sequence);
        }
        if (!claimed(size)) {
            return false;
        }
        boolean encoded = false;
        try {
            for (final LogOutlet outlet : outlets) {
                if (outlet.isTaking()) {
                    topic.codec().encode(message, outlet.into());
                }
            }
            encoded = true;
        } finally {
            end(encoded, sequence, size);
        }
        return true;
    }

    /** What fits a frame of every log that takes part. */
    private int maxPieceLength() {
        int length = Integer.MAX_VALUE;
        for (final LogOutlet outlet : outlets) {
            if (outlet.isTaking()) {
                length = Math.min(length, outlet.maxPieceLength());
            }
        }
        return length;
    }

    private void end(final boolean encoded, final long sequence, final int size) {
        int counted = 0;
        for (final LogOutlet outlet : outlets) {
            if (outlet.isTaking() && encoded) {
                outlet.commit(sequence);
                counted = count(outlet, counted, size);
            } else if (outlet.isTaking()) {
                outlet.abort();
            }
        }
    }

    /** A message counts once for a transport, into however many logs it went; says for which it is counted now. */
    private static int count(final LogOutlet outlet, final int counted, final int size) {
        final int by = 1 << outlet.transport().ordinal();
        if ((counted & by) == 0) {
            outlet.count(size);
        }
        return counted | by;
    }

    private boolean claimed(final int size) {
        final int first = refuser;
        for (int i = 0; i < outlets.length; i++) {
            final int at = (first + i) % outlets.length;
            if (outlets[at].isTaking() && !outlets[at].tryClaim(size) && !outlets[at].isGivenUp()) {
                refuser = at;
                abort(first, i);
                return false;
            }
        }
        return true;
    }

    private void abort(final int first, final int count) {
        for (int i = 0; i < count; i++) {
            final LogOutlet outlet = outlets[(first + i) % outlets.length];
            if (outlet.isTaking()) {
                outlet.abort();
            }
        }
    }

    /** Once the first piece is in anywhere, waits for all others to go in, as long as there is progress. */
    private boolean writePieces(final T message, final int size, final long sequence) {
        final ByteBuffer bytes = raw ? (ByteBuffer) message : encoded(message, size);
        if (!begun(bytes, sequence)) {
            return false;
        }
        patience.begin();
        boolean complete = false;
        while (!complete) {
            final boolean expired = patience.isExpired();
            boolean progress = false;
            complete = true;
            for (final LogOutlet outlet : outlets) {
                final boolean moved = !outlet.isDone(size) && outlet.tryPiece(bytes, sequence);
                progress |= moved;
                complete &= outlet.isDone(size) || (!moved && outlet.isGivenUp());
            }
            if (progress) {
                patience.begin();
            } else if (!complete && suspended) {
                return false;
            } else if (!complete && expired) {
                throw gaveUp(size);
            } else if (!complete) {
                patience.pauseOpen();
            }
        }
        int counted = 0;
        for (final LogOutlet outlet : outlets) {
            counted = outlet.isTaking() ? count(outlet, counted, size) : counted;
        }
        return true;
    }

    private boolean begun(final ByteBuffer bytes, final long sequence) {
        final int first = refuser;
        for (int i = 0; i < outlets.length; i++) {
            final int at = (first + i) % outlets.length;
            if (outlets[at].isTaking()) {
                refuser = at;
                if (outlets[at].tryPiece(bytes, sequence)) {
                    return true;
                }
                if (!outlets[at].isGivenUp()) {
                    return false;
                }
            }
        }
        return true;
    }

    private PublishTimeoutException gaveUp(final int size) {
        final int done = Arrays.stream(outlets)
                .filter(outlet -> !outlet.isDone(size))
                .mapToInt(LogOutlet::done)
                .min()
                .orElse(0);
        return new PublishTimeoutException("topic " + topic + ": a message of " + size + " bytes was given up after "
                + done + " bytes, because its slowest subscriber took no more within " + patience.timeout());
    }

    private ByteBuffer encoded(final T message, final int size) {
        if (scratch.capacity() < size) {
            scratch = ByteBuffer.allocate(size);
        }
        scratch.clear().limit(size);
        topic.codec().encode(message, scratch);
        return scratch.position(0).limit(size);
    }
}
