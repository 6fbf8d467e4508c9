package dev.maar.transport.aeron;

import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.ControlledFragmentHandler.Action;
import io.aeron.logbuffer.Header;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of one log, in place; only those in several pieces are put together in a buffer, which is kept for
 * the next. The position that the writer sees moves past a message when it is finished with. For one thread, but for
 * {@link #close}.
 */
public final class LogReader implements AutoCloseable {

    private static final int FRAGMENTS_PER_POLL = 256;
    private static final int FIRST_CAPACITY = 1 << 20;

    /** Of the messages that may be in flight the writer is told of so many at once: it has the others to go on with. */
    private static final int TOLD_AT_ONCE = 4;

    private final Subscription subscription;
    private final Image image;
    private final long firstSequence;
    private final Runnable onClose;
    private volatile Runnable onCloseToo = () -> {};
    private final Optional<Runnable> pump;
    private final TermViews views = new TermViews(true);
    private final ControlledFragmentHandler deliver = new HandlerApart(this::deliver);
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
    private int expected;
    private int filled;
    private boolean inPieces;
    private boolean atNew;

    private volatile @Nullable ReadProgress progress;
    private int tellEvery = 1;
    private long told = -1;
    private int untold;

    private volatile boolean orphaned;
    private boolean exhausted;

    /** The pump, where there is one, is called when nothing is found: it may bring something. */
    LogReader(
            final Subscription subscription,
            final Image image,
            final long firstSequence,
            final Runnable onClose,
            final Optional<Runnable> pump) {
        this.subscription = subscription;
        this.image = image;
        this.firstSequence = firstSequence;
        this.onClose = onClose;
        this.pump = pump;
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
     * Up to where this reader has finished. For the reading thread.
     *
     * @return a position in the log, in bytes
     */
    public long position() {
        return image.position();
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
        final boolean last = orphaned;
        sink = into;
        delivered = 0;
        limit = most;
        poll(deliver);
        if (delivered == 0 && thrown == null && pumped()) {
            poll(deliver);
        }
        sink = null;
        tell();
        final Throwable failure = thrown;
        if (failure != null) {
            thrown = null;
            throw sneaky(failure);
        }
        exhausted = last && delivered == 0;
        return delivered;
    }

    private void poll(final ControlledFragmentHandler handler) {
        int fragments = 1;
        while (fragments > 0 && delivered < limit && thrown == null) {
            fragments = image.controlledPoll(handler, FRAGMENTS_PER_POLL);
        }
    }

    private boolean pumped() {
        if (pump.isEmpty()) {
            return false;
        }
        pump.get().run();
        return true;
    }

    private Action deliver(final DirectBuffer term, final int offset, final int length, final Header header) {
        final ByteBuffer message = message(term, offset, length, header);
        final MessageSink into = sink;
        if (message == null || into == null) {
            return Action.COMMIT;
        }
        tell();
        delivered++;
        untold++;
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
        final boolean last = orphaned;
        search();
        if (held == null && pumped()) {
            search();
        }
        exhausted = last && held == null;
        tell();
        return held;
    }

    private void search() {
        int fragments = 1;
        while (held == null && fragments > 0) {
            fragments = image.controlledPoll(hold, FRAGMENTS_PER_POLL);
        }
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
        untold++;
        tell();
    }

    /**
     * Has the position told when it has moved, by the reading thread: the writer can not see it itself. Telling costs more
     * than a message, so the writer is told at once only of a quarter of the messages that may be in flight.
     *
     * @param by takes positions
     * @param bound how many messages may be in flight
     */
    public void tell(final ReadProgress by, final int bound) {
        tellEvery = Math.max(1, bound / TOLD_AT_ONCE);
        progress = by;
    }

    private void tell() {
        final ReadProgress by = progress;
        if (by == null) {
            return;
        }
        final long position = image.position();
        if (position != told) {
            told = position;
            final boolean now = untold >= tellEvery;
            untold = now ? 0 : untold;
            by.finished(position, now);
        }
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
            inPieces = payload.remaining() >= Frames.LENGTH_BYTES;
            expected = inPieces ? payload.getInt() : 0;
            filled = 0;
        }
        if (!inPieces || payload.remaining() > expected - filled) {
            inPieces = false;
            return null;
        }
        reserve(filled + payload.remaining());
        whole.put(filled, payload, payload.position(), payload.remaining());
        filled += payload.remaining();
        if (kind != Frames.LAST) {
            return null;
        }
        inPieces = false;
        return filled == expected ? wholeView.limit(filled).position(0).order(ByteOrder.BIG_ENDIAN) : null;
    }

    /** Room is made for what has come and not for what is announced: anyone can announce. */
    private void reserve(final int length) {
        if (whole.capacity() < length) {
            final int doubled = (int) Math.min(expected, Math.max(2L * whole.capacity(), FIRST_CAPACITY));
            final ByteBuffer larger = ByteBuffer.allocateDirect(Math.max(doubled, length));
            larger.put(0, whole, 0, filled);
            whole = larger;
            wholeView = whole.asReadOnlyBuffer();
        }
    }

    /**
     * Whether the writer has ended the log and everything in it is read.
     *
     * @return true when nothing more can come
     */
    public boolean isFinished() {
        return exhausted || image.isClosed() || image.isEndOfStream();
    }

    /** The writer has died and will not end the log: it is finished when what is in it is read. From any thread. */
    public void orphan() {
        orphaned = true;
    }

    /**
     * Whether the log has been left.
     *
     * @return true after {@link #close}
     */
    public boolean isClosed() {
        return subscription.isClosed();
    }

    /**
     * Has one more thing done when the log is left.
     *
     * @param work called by {@link #close}
     */
    public void whenClosed(final Runnable work) {
        onCloseToo = work;
    }

    /** Leaves the log. Its memory stays mapped for some seconds. May be called from any thread. */
    @Override
    public void close() {
        onClose.run();
        onCloseToo.run();
        subscription.close();
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException sneaky(final Throwable failure) throws E {
        throw (E) failure;
    }
}
