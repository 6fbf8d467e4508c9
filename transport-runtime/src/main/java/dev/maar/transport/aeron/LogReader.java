package dev.maar.transport.aeron;

import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.ControlledFragmentHandler.Action;
import io.aeron.logbuffer.Header;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of one log, in place; only those in several pieces are put together in a buffer, which is kept for
 * the next. The position that the writer sees moves past a message when it is finished with. For one thread, but for
 * {@link #close}.
 */
public final class LogReader implements AutoCloseable {

    private static final int FRAGMENTS_PER_POLL = 256;

    private final Subscription subscription;
    private final Image image;
    private final long firstSequence;
    private final Runnable onClose;
    private final TermViews views = new TermViews(true);
    private final ControlledFragmentHandler deliver = this::deliver;
    private final ControlledFragmentHandler hold = this::hold;

    private @Nullable MessageSink sink;
    private @Nullable Throwable thrown;
    private int delivered;
    private int limit;

    private @Nullable ByteBuffer held;
    private long heldSequence;
    private long heldEnd;

    private ByteBuffer whole = ByteBuffer.allocateDirect(0);
    private ByteBuffer wholeView = whole.asReadOnlyBuffer();
    private int filled;
    private boolean inPieces;
    private boolean atNew;

    LogReader(final Subscription subscription, final Image image, final long firstSequence, final Runnable onClose) {
        this.subscription = subscription;
        this.image = image;
        this.firstSequence = firstSequence;
        this.onClose = onClose;
    }

    /**
     * Where the driver keeps this reader's position.
     *
     * @return the counter's id
     */
    public int positionId() {
        return image.subscriberPositionId();
    }

    /**
     * Passes what is there already of the messages that this reader has no right to.
     *
     * @return true when all of them, which end at the position given, are passed
     */
    boolean isPast(final long end) {
        atNew = false;
        int fragments = 1;
        while (fragments > 0 && !atNew) {
            fragments = image.controlledPoll(this::passOld, FRAGMENTS_PER_POLL);
        }
        return atNew || image.position() >= end;
    }

    private Action passOld(final DirectBuffer term, final int offset, final int length, final Header header) {
        if (isOld(header)) {
            return Action.COMMIT;
        }
        atNew = true;
        return Action.ABORT;
    }

    /** Whether a message was written before this reader came: the driver lets it join where the slowest other one is. */
    private boolean isOld(final Header header) {
        return header.reservedValue() < firstSequence;
    }

    /**
     * Delivers messages. Each is finished when the sink returns, also when it throws; what it throws comes out here.
     *
     * @param into takes the messages
     * @param most how many at most
     * @return how many were delivered
     */
    public int poll(final MessageSink into, final int most) {
        sink = into;
        delivered = 0;
        limit = most;
        int fragments = 1;
        while (fragments > 0 && delivered < most && thrown == null) {
            fragments = image.controlledPoll(deliver, FRAGMENTS_PER_POLL);
        }
        sink = null;
        final Throwable failure = thrown;
        if (failure != null) {
            thrown = null;
            throw sneaky(failure);
        }
        return delivered;
    }

    private Action deliver(final DirectBuffer term, final int offset, final int length, final Header header) {
        final ByteBuffer message = message(term, offset, length, header);
        final MessageSink into = sink;
        if (message == null || into == null) {
            return Action.COMMIT;
        }
        delivered++;
        try {
            into.onMessage(message, header.reservedValue());
        } catch (final Throwable failure) {
            thrown = failure;
            return Action.BREAK;
        }
        return delivered < limit ? Action.COMMIT : Action.BREAK;
    }

    /**
     * Takes the next message and holds it until {@link #release}.
     *
     * @return the message, read-only and big-endian, or null when there is none
     */
    public @Nullable ByteBuffer take() {
        int fragments = 1;
        while (held == null && fragments > 0) {
            fragments = image.controlledPoll(hold, FRAGMENTS_PER_POLL);
        }
        return held;
    }

    /** The last piece is not passed until the message is released; it stays in the log as the mark of the message. */
    private Action hold(final DirectBuffer term, final int offset, final int length, final Header header) {
        final ByteBuffer message = message(term, offset, length, header);
        if (message == null) {
            return Action.COMMIT;
        }
        held = message;
        heldSequence = header.reservedValue();
        heldEnd = header.position();
        return Action.ABORT;
    }

    /**
     * The number of the message that is held.
     *
     * @return the writer's sequence number
     */
    public long heldSequence() {
        return heldSequence;
    }

    /** Finishes the message that is held. */
    public void release() {
        held = null;
        image.position(heldEnd);
    }

    /** A message that is complete with this frame, or null. */
    private @Nullable ByteBuffer message(
            final DirectBuffer term, final int offset, final int length, final Header header) {
        if (isOld(header)) {
            return null;
        }
        final ByteBuffer payload = views.of(term, offset, length);
        final byte kind = Frames.kind(header.flags());
        if (kind == Frames.WHOLE) {
            inPieces = false;
            return payload;
        }
        if (kind == Frames.FIRST) {
            begin(payload.getInt());
        }
        if (!inPieces) {
            return null;
        }
        whole.put(filled, payload, payload.position(), payload.remaining());
        filled += payload.remaining();
        if (kind != Frames.LAST) {
            return null;
        }
        inPieces = false;
        return wholeView.limit(filled).position(0).order(ByteOrder.BIG_ENDIAN);
    }

    private void begin(final int length) {
        if (whole.capacity() < length) {
            whole = ByteBuffer.allocateDirect(length);
            wholeView = whole.asReadOnlyBuffer();
        }
        filled = 0;
        inPieces = true;
    }

    /**
     * Whether the writer has ended the log and everything in it is read.
     *
     * @return true when nothing more can come
     */
    public boolean isFinished() {
        return image.isClosed() || image.isEndOfStream();
    }

    /** Leaves the log. Its memory stays mapped for some seconds. May be called from any thread. */
    @Override
    public void close() {
        onClose.run();
        subscription.close();
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException sneaky(final Throwable failure) throws E {
        throw (E) failure;
    }
}
