package dev.maar.transport.tcp;

import io.aeron.ExclusivePublication;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import java.io.IOException;
import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Looks at frames that have come out of a socket, and makes those that are right frames of the log they are for. A frame
 * is right when it could have been written at its place in a log of this shape.
 */
final class FrameCheck {

    private static final int HEADER = DataHeaderFlyweight.HEADER_LENGTH;

    private final UnsafeBuffer frames;
    private final int sessionId;
    private final int streamId;
    private final int initialTermId;
    private final int termMask;
    private final int termBits;
    private final int maxFrameLength;

    FrameCheck(final ExclusivePublication log, final UnsafeBuffer frames) {
        this.frames = frames;
        this.sessionId = log.sessionId();
        this.streamId = log.streamId();
        this.initialTermId = log.initialTermId();
        this.termMask = log.termBufferLength() - 1;
        this.termBits = Integer.numberOfTrailingZeros(log.termBufferLength());
        this.maxFrameLength = log.maxPayloadLength() + HEADER;
    }

    int frameLength(final int at) {
        return frames.getInt(at, ByteOrder.LITTLE_ENDIAN);
    }

    long reservedValue(final int at) {
        return frames.getLong(at + DataHeaderFlyweight.RESERVED_VALUE_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    byte flags(final int at) {
        return frames.getByte(at + DataHeaderFlyweight.FLAGS_FIELD_OFFSET);
    }

    boolean isPadding(final int at) {
        return type(at) == DataHeaderFlyweight.HDR_TYPE_PAD;
    }

    boolean isLastOfMessage(final int at) {
        return isLastOfMessage(flags(at));
    }

    static boolean isLastOfMessage(final byte flags) {
        return (flags & FrameDescriptor.END_FRAG_FLAG) != 0;
    }

    int termOffset(final long position) {
        return (int) position & termMask;
    }

    /** Whether what is there can be appended in one go with what comes before it: data of the same term. */
    boolean isFollowedInTerm(final int at, final int before) {
        return before == 0
                || (frameLength(at) > 0
                        && !isPadding(at)
                        && frames.getInt(at + DataHeaderFlyweight.TERM_OFFSET_FIELD_OFFSET, ByteOrder.LITTLE_ENDIAN)
                                != 0);
    }

    /**
     * Checks the header of a padding frame.
     *
     * @throws IOException when it can not be at that position
     */
    void padding(final int at, final long position) throws IOException {
        final int frameLength = frameLength(at);
        if (frameLength < HEADER
                || frameLength > maxFrameLength
                || isBeyondTerm(position, BitUtil.align(frameLength, FrameDescriptor.FRAME_ALIGNMENT))) {
            throw new IOException("the sender has sent a padding frame that can not be");
        }
        place(at, position);
    }

    /**
     * Checks the header of a data frame, and makes it this log's.
     *
     * @return the frame's length in the log
     * @throws IOException when it can not be at that position
     */
    int data(final int at, final long position) throws IOException {
        final int frameLength = frameLength(at);
        final int aligned = BitUtil.align(frameLength, FrameDescriptor.FRAME_ALIGNMENT);
        if (frameLength < HEADER
                || frameLength > maxFrameLength
                || isBeyondTerm(position, aligned)
                || type(at) != DataHeaderFlyweight.HDR_TYPE_DATA
                || frames.getByte(at + DataHeaderFlyweight.VERSION_FIELD_OFFSET) != DataHeaderFlyweight.CURRENT_VERSION
                || (flags(at) & ~FrameDescriptor.UNFRAGMENTED & 0xFF) != 0) {
            throw new IOException("the sender has sent a frame that can not be");
        }
        place(at, position);
        frames.putInt(at + DataHeaderFlyweight.SESSION_ID_FIELD_OFFSET, sessionId, ByteOrder.LITTLE_ENDIAN);
        frames.putInt(at + DataHeaderFlyweight.STREAM_ID_FIELD_OFFSET, streamId, ByteOrder.LITTLE_ENDIAN);
        return aligned;
    }

    private boolean isBeyondTerm(final long position, final int length) {
        return termOffset(position) + length > termMask + 1;
    }

    private void place(final int at, final long position) throws IOException {
        final int termOffset =
                frames.getInt(at + DataHeaderFlyweight.TERM_OFFSET_FIELD_OFFSET, ByteOrder.LITTLE_ENDIAN);
        final int termId = frames.getInt(at + DataHeaderFlyweight.TERM_ID_FIELD_OFFSET, ByteOrder.LITTLE_ENDIAN);
        if (termOffset != termOffset(position) || termId != initialTermId + (int) (position >> termBits)) {
            throw new IOException("the sender has sent a frame that does not follow the one before");
        }
    }

    private int type(final int at) {
        return frames.getShort(at + DataHeaderFlyweight.TYPE_FIELD_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }
}
