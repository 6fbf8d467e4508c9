package dev.maar.transport.aeron;

import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.concurrent.status.CountersReader;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages into a log of its own and knows how many its readers have not finished with. Messages are written by
 * one thread; readers are added and removed by any, one at a time. Nothing here waits or allocates.
 *
 * <p>A message is in flight until every reader's position is past its last frame. The writer remembers the end of each
 * of the last {@code bound} messages: one more may be written when the slowest reader is past the oldest of them.
 */
public final class LogWriter implements AutoCloseable {

    private static final VarHandle NEXT_SEQUENCE;
    private static final VarHandle WRITTEN_END;

    static {
        try {
            final MethodHandles.Lookup lookup = MethodHandles.lookup();
            NEXT_SEQUENCE = lookup.findVarHandle(LogWriter.class, "nextSequence", long.class);
            WRITTEN_END = lookup.findVarHandle(LogWriter.class, "writtenEnd", long.class);
        } catch (final ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** How much of a long message is written before it is moved on: little enough to be in the cache still. */
    private static final int PUMP_LENGTH = 256 << 10;

    private final ExclusivePublication publication;
    private final ConsumerPositions consumers;
    private final BufferClaim claim = new BufferClaim();
    private final TermViews views = new TermViews(false);
    private final int termMask;
    private final int bound;

    /** Readers that do not count. Changed by one thread at a time. */
    private volatile int leaky;

    private final long[] ends;
    private final int endsMask;

    /** Replaced, never changed. */
    private volatile LogPump[] pumps = new LogPump[0];

    /** Bytes of pieces that have been written since the pumps were called. */
    private int unpumped;

    private long messages;
    private long consumed;
    private long claimEnd;

    /** One more than the number of the last message that is completely written. */
    @SuppressWarnings("unused")
    private long nextSequence;

    /** Where that message ends. */
    @SuppressWarnings("unused")
    private long writtenEnd;

    LogWriter(final ExclusivePublication publication, final CountersReader counters, final int bound) {
        this.publication = publication;
        this.consumers = new ConsumerPositions(counters);
        this.termMask = publication.termBufferLength() - 1;
        this.bound = bound;
        this.ends = new long[BitUtil.findNextPositivePowerOfTwo(bound)];
        this.endsMask = ends.length - 1;
    }

    /**
     * The session that readers have to name.
     *
     * @return the session's id
     */
    public int sessionId() {
        return publication.sessionId();
    }

    /**
     * The log's stream.
     *
     * @return the stream's id
     */
    public int streamId() {
        return publication.streamId();
    }

    /**
     * What a copy of this log has to be like.
     *
     * @return the log's shape
     */
    public LogGeometry geometry() {
        return new LogGeometry(
                publication.streamId(),
                publication.termBufferLength(),
                publication.maxPayloadLength() + DataHeaderFlyweight.HEADER_LENGTH,
                publication.initialTermId());
    }

    /**
     * How many messages may be in flight.
     *
     * @return messages
     */
    public int bound() {
        return bound;
    }

    /** Sends to one more place, by UDP. */
    boolean addDestination(final String channel) {
        publication.addDestination(channel);
        return true;
    }

    /** Sends no more to a place; does nothing when the log has ended. */
    void removeDestination(final String channel) {
        if (!publication.isClosed()) {
            publication.asyncRemoveDestination(channel);
        }
    }

    /**
     * The longest message that is one frame, and the longest piece of a message that is not.
     *
     * @return bytes
     */
    public int maxPieceLength() {
        return publication.maxPayloadLength();
    }

    /**
     * Whether one more message may be in flight. For the writing thread.
     *
     * @return true when fewer than the bound are
     */
    public boolean hasRoom() {
        if (messages < bound) {
            return true;
        }
        final long end = ends[(int) (messages - bound) & endsMask];
        return isConsumed(end) || (isFullPumped() && isConsumed(end));
    }

    /**
     * Whether every reader has finished with everything. For the writing thread.
     *
     * @return true when nothing is in flight
     */
    public boolean isDrained() {
        if (messages == 0) {
            return true;
        }
        final long end = ends[(int) (messages - 1) & endsMask];
        return isConsumed(end) || (isFullPumped() && isConsumed(end));
    }

    private boolean isFullPumped() {
        final LogPump[] current = pumps;
        for (final LogPump pump : current) {
            pump.onFull();
        }
        return current.length > 0;
    }

    private boolean isConsumed(final long position) {
        if (consumed >= position) {
            return true;
        }
        final long slowest = consumers.slowest();
        if (slowest == Long.MAX_VALUE) {
            return true;
        }
        consumed = slowest;
        return slowest >= position;
    }

    /**
     * Begins a message that is one frame; {@link #commit} or {@link #abort} has to follow.
     *
     * @param length at most {@link #maxPieceLength()}
     * @return where to write exactly that many bytes, or null when the log has no room now
     * @throws LogException when the log is closed or used up
     */
    public @Nullable ByteBuffer tryClaim(final int length) {
        final long end = publication.tryClaim(length, claim);
        if (end < 0 && !isRetried(end)) {
            isFullPumped();
            return null;
        }
        if (end < 0) {
            return tryClaim(length);
        }
        claimEnd = end;
        final int frame = BitUtil.align(length + DataHeaderFlyweight.HEADER_LENGTH, FrameDescriptor.FRAME_ALIGNMENT);
        final int offset = (int) (end - frame) & termMask;
        return views.of(claim.buffer(), offset + DataHeaderFlyweight.HEADER_LENGTH, length);
    }

    /**
     * Up to where the log may be written now; it moves on when its readers read.
     *
     * @return a position in the log, in bytes
     */
    public long limit() {
        return publication.positionLimit();
    }

    /** Whether a refusal is to be tried again at once: only when the log has just gone over to its next term. */
    private boolean isRetried(final long refusal) {
        if (refusal == Publication.CLOSED) {
            throw new LogException(
                    LogException.Kind.LOST, "the log is closed: its media driver or the client of it has gone");
        }
        if (refusal == Publication.MAX_POSITION_EXCEEDED) {
            throw new LogException(
                    LogException.Kind.GONE,
                    "the log has come to its last position (" + publication.maxPossiblePosition()
                            + " bytes): open a new publisher");
        }
        return refusal == Publication.ADMIN_ACTION;
    }

    /**
     * Ends a message that is one frame.
     *
     * @param sequence the message's number
     */
    public void commit(final long sequence) {
        claim.reservedValue(sequence);
        claim.commit();
        written(sequence);
        pumpWritten();
    }

    private void pumpWritten() {
        unpumped = 0;
        for (final LogPump pump : pumps) {
            pump.onWritten();
        }
    }

    /** Gives up the message that was begun; readers never see it. */
    public void abort() {
        claim.abort();
    }

    private void written(final long sequence) {
        ends[(int) messages & endsMask] = claimEnd;
        messages++;
        WRITTEN_END.setOpaque(this, claimEnd);
        NEXT_SEQUENCE.setRelease(this, sequence + 1);
    }

    /**
     * Writes the next piece of a message that is longer than {@link #maxPieceLength()}, or the whole of one that is not.
     * Called until it has taken everything; beginning another message before that gives up this one.
     *
     * @param message the whole message from its position to its limit, which stay as they are
     * @param done how many bytes earlier calls have taken
     * @param sequence the message's number
     * @return how many bytes have been taken now, with the earlier ones; the same as before when the log has no room
     * @throws LogException when the log is closed or used up
     */
    public int tryPiece(final ByteBuffer message, final int done, final long sequence) {
        final int length = message.remaining();
        final boolean whole = length <= maxPieceLength();
        final int prefix = done == 0 && !whole ? Frames.LENGTH_BYTES : 0;
        final int piece = Math.min(length - done, maxPieceLength() - prefix);
        final ByteBuffer into = tryClaim(prefix + piece);
        if (into == null) {
            return done;
        }
        if (prefix > 0) {
            into.putInt(length);
        }
        into.put(into.position(), message, message.position() + done, piece);
        final boolean last = done + piece == length;
        if (!whole) {
            claim.flags(done == 0 ? Frames.FIRST : last ? Frames.LAST : Frames.MIDDLE);
        }
        claim.reservedValue(sequence);
        claim.commit();
        if (last) {
            written(sequence);
        }
        unpumped += piece;
        if (last || unpumped >= PUMP_LENGTH) {
            pumpWritten();
        }
        return done + piece;
    }

    /**
     * Has the writing thread move the log's bytes on.
     *
     * @param pump what moves them
     */
    public synchronized void addPump(final LogPump pump) {
        final LogPump[] changed = Arrays.copyOf(pumps, pumps.length + 1);
        changed[pumps.length] = pump;
        pumps = changed;
    }

    /**
     * The writing thread does not move the log's bytes any more; it may be about to do so once more.
     *
     * @param pump from {@link #addPump}
     */
    public synchronized void removePump(final LogPump pump) {
        pumps = Arrays.stream(pumps).filter(each -> each != pump).toArray(LogPump[]::new);
    }

    /**
     * Makes a reader count for what is in flight.
     *
     * @param positionId the reader's {@link LogReader#positionId()}
     */
    public void addConsumer(final int positionId) {
        consumers.add(positionId);
    }

    /**
     * Makes a reader count no more.
     *
     * @param positionId the reader's {@link LogReader#positionId()}
     */
    public void removeConsumer(final int positionId) {
        consumers.remove(positionId);
    }

    /** There is one more reader that does not count for what is in flight. */
    public void addLeaky() {
        leaky++;
    }

    /** There is one less of those that {@link #addLeaky} spoke of. */
    public void removeLeaky() {
        leaky--;
    }

    /**
     * The first message that a reader which joins now has a right to. From any thread.
     *
     * @return its number
     */
    public long nextSequence() {
        return (long) NEXT_SEQUENCE.getAcquire(this);
    }

    /**
     * Where everything before {@link #nextSequence()} has ended, when asked after it. From any thread.
     *
     * @return a position
     */
    public long writtenEnd() {
        return (long) WRITTEN_END.getOpaque(this);
    }

    /**
     * Whether there is any reader.
     *
     * @return true when there is one
     */
    public boolean hasConsumers() {
        return consumers.count() > 0 || leaky > 0;
    }

    /**
     * Whether the driver lets this log be written to; false for a moment after the first reader has come. With other
     * readers there it is not asked: the log may be full up to a new reader that waits here instead of reading.
     *
     * @return true when a new reader need not wait
     */
    boolean isOpen() {
        return hasConsumers() || (publication.isConnected() && publication.availableWindow() > 0);
    }

    /** Ends the log. Readers still get what is in it. */
    @Override
    public void close() {
        publication.close();
    }
}
