package dev.maar.transport.tcp;

import dev.maar.transport.aeron.TermViews;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Appends what comes out of a socket to a log. What comes is not trusted: every frame is checked before it is appended.
 * Small frames are appended many at a time; a large one is read into the place where it will lie, so that it is copied
 * once less. For one thread at a time, but for {@link #nextSequence}.
 */
final class FrameIntake {

    private static final int CAPACITY = 256 << 10;
    private static final int MAX_RUN_LENGTH = 128 << 10;

    /** From which length on a frame that has not come as a whole is read into its place. */
    private static final int LARGE = 8 << 10;

    /** How much is read behind a large frame: what follows most often is another one, of which this much is copied. */
    private static final int BEHIND_LARGE = 2 << 10;

    private static final int HEADER = DataHeaderFlyweight.HEADER_LENGTH;

    private final ExclusivePublication log;
    private final AckPolicy acks;
    private final FrameCheck check;
    private final int maxRunLength;
    private final ByteBuffer staging = ByteBuffer.allocateDirect(CAPACITY);
    private final UnsafeBuffer frames = new UnsafeBuffer(staging);
    private final ByteBuffer[] gathered = new ByteBuffer[2];
    private final TermViews views = new TermViews(false);
    private final Apart taking = new Apart(now -> take());
    private final BufferClaim claim = new BufferClaim();

    /** Where the frame begins that is being read into its place; -1 when there is none. */
    private long claimed = -1;

    private int claimedLength;
    private @Nullable ByteBuffer rest;

    /** Whether the last frame was a large one. */
    private boolean large;

    /** Whether the socket may have more than was asked for the last time. */
    private boolean more;

    private boolean stalled;
    private boolean ended;
    private long end;
    private volatile long nextSequence;

    FrameIntake(final ExclusivePublication log, final AckPolicy acks, final long firstSequence) {
        this.log = log;
        this.acks = acks;
        this.nextSequence = firstSequence;
        this.check = new FrameCheck(log, frames);
        this.maxRunLength = Math.min(MAX_RUN_LENGTH, log.termBufferLength() / 4);
        this.gathered[1] = staging;
    }

    /** A new connection: what had come of a frame in the old one comes again. */
    void restart() {
        staging.clear();
        rest = null;
        stalled = false;
    }

    /** From where on the log is wanted. */
    long position() {
        return ended ? end : claimed >= 0 ? claimed : log.position();
    }

    /** One more than the number of the last message that has come completely. */
    long nextSequence() {
        return nextSequence;
    }

    /** Whether the socket had all that it was asked for, so that it may have more. */
    boolean hasMore() {
        return more;
    }

    /** Whether the log has no room. */
    boolean isStalled() {
        return stalled;
    }

    /** Whether everything has come of a log that has ended. */
    boolean isEnded() {
        return ended;
    }

    /** Reads what is there and appends what can be; 0 when there was nothing. */
    int read(final SocketChannel channel) throws IOException {
        if (log.isClosed() && !ended) {
            throw new IOException("the log is closed");
        }
        int read = 0;
        final ByteBuffer filling = rest;
        if (filling != null) {
            gathered[0] = filling;
            staging.limit(BEHIND_LARGE);
            read = (int) checked(channel.read(gathered));
            more = !staging.hasRemaining();
            staging.limit(CAPACITY);
            if (!filling.hasRemaining()) {
                commit();
            }
        } else if (staging.hasRemaining()) {
            staging.limit(large && staging.position() < HEADER ? BEHIND_LARGE : CAPACITY);
            read = (int) checked(channel.read(staging));
            more = !staging.hasRemaining();
            staging.limit(CAPACITY);
        } else {
            more = false;
        }
        return read + (rest == null && staging.position() > 0 ? taking.at(0) : 0);
    }

    private static long checked(final long read) throws IOException {
        if (read < 0) {
            throw new IOException("the sender has closed the connection");
        }
        return read;
    }

    /** Appends the frames that are there and moves the rest to the front. */
    private int take() throws IOException {
        stalled = false;
        int taken = 0;
        int step = 1;
        while (step > 0 && rest == null) {
            step = takeNext(taken, staging.position());
            taken += step;
        }
        if (taken > 0) {
            staging.flip().position(taken);
            staging.compact();
        }
        return taken;
    }

    /** Takes a word, a run of small frames, or as much as has come of a large one; says how many bytes that was. */
    private int takeNext(final int offset, final int limit) throws IOException {
        if (limit - offset < Integer.BYTES) {
            return 0;
        }
        final int length = check.frameLength(offset);
        if (length == Wire.KEEP_ALIVE) {
            return Integer.BYTES;
        }
        if (length == Wire.END) {
            end();
            return Integer.BYTES;
        }
        if (ended) {
            throw new IOException("the sender goes on behind the end");
        }
        if (limit - offset < HEADER) {
            return 0;
        }
        if (check.isPadding(offset)) {
            return pad(offset);
        }
        return claimed >= 0 ? takeLarge(offset, limit) : takeRun(offset, limit);
    }

    private void end() {
        if (!ended) {
            end = log.position();
            ended = true;
            log.close();
        }
    }

    private int pad(final int offset) throws IOException {
        check.padding(offset, log.position());
        return isTaken(log.appendPadding(check.frameLength(offset) - HEADER)) ? HEADER : 0;
    }

    private int takeRun(final int offset, final int limit) throws IOException {
        final long position = log.position();
        int run = 0;
        while (limit - offset - run >= HEADER && run < maxRunLength && check.isFollowedInTerm(offset + run, run)) {
            final int aligned = check.data(offset + run, position + run);
            if (aligned > limit - offset - run || (run > 0 && run + aligned > maxRunLength)) {
                break;
            }
            run += aligned;
        }
        if (run == 0) {
            return check.frameLength(offset) >= LARGE ? takeLarge(offset, limit) : 0;
        }
        if (!isTaken(log.offerBlock(frames, offset, run))) {
            return 0;
        }
        large = false;
        int done = 0;
        while (done < run) {
            final int aligned = BitUtil.align(check.frameLength(offset + done), FrameDescriptor.FRAME_ALIGNMENT);
            came(offset + done, position + done + aligned);
            done += aligned;
        }
        return run;
    }

    /** Notes the end of a message. */
    private void came(final int offset, final long position) {
        if (check.isLastOfMessage(offset)) {
            nextSequence = check.reservedValue(offset) + 1;
            acks.onMessage(position);
        }
    }

    /** Makes a place for a large frame, or finds the one that an earlier connection has left, and begins to fill it. */
    private int takeLarge(final int offset, final int limit) throws IOException {
        final int frameLength = check.frameLength(offset);
        if (claimed < 0) {
            final long position = log.position();
            check.data(offset, position);
            if (!isClaimed(frameLength - HEADER)) {
                return 0;
            }
            claimed = position;
            claimedLength = frameLength;
        } else {
            check.data(offset, claimed);
            if (frameLength != claimedLength) {
                throw new IOException("the sender has changed a frame of which it had sent a part");
            }
        }
        claim.flags(check.flags(offset));
        claim.reservedValue(check.reservedValue(offset));
        final int aligned = BitUtil.align(frameLength, FrameDescriptor.FRAME_ALIGNMENT);
        final int termOffset = check.termOffset(claimed);
        final ByteBuffer place = views.of(claim.buffer(), termOffset + HEADER, aligned - HEADER);
        final int there = Math.min(limit - offset, aligned) - HEADER;
        place.put(place.position(), staging, offset + HEADER, there);
        place.position(place.position() + there);
        rest = place;
        if (!place.hasRemaining()) {
            commit();
        }
        return HEADER + there;
    }

    private boolean isClaimed(final int length) throws IOException {
        long result = Publication.ADMIN_ACTION;
        while (result == Publication.ADMIN_ACTION) {
            result = log.tryClaim(length, claim);
        }
        return isTaken(result);
    }

    private void commit() {
        final byte flags = claim.flags();
        final long sequence = claim.reservedValue();
        claim.commit();
        claimed = -1;
        rest = null;
        large = true;
        if (FrameCheck.isLastOfMessage(flags)) {
            nextSequence = sequence + 1;
            acks.onMessage(log.position());
        }
    }

    private boolean isTaken(final long result) throws IOException {
        if (result == Publication.CLOSED || result == Publication.MAX_POSITION_EXCEEDED) {
            throw new IOException("the log takes no more: " + Publication.errorString(result));
        }
        stalled = result <= 0;
        return !stalled;
    }

    /** Gives up a frame that has come in part; nothing can come after it. */
    void free() {
        if (claimed >= 0) {
            claim.abort();
            claimed = -1;
        }
    }
}
