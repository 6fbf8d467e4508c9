package dev.maar.transport.aeron;

import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.logbuffer.LogBufferDescriptor;

/**
 * The shape of a log: a copy of the same shape takes the original's frames at the same positions.
 *
 * @param streamId the log's stream
 * @param termLength of each of its three terms, in bytes
 * @param mtu the longest frame, in bytes
 * @param initialTermId the number of its first term
 */
public record LogGeometry(int streamId, int termLength, int mtu, int initialTermId) {

    /** The largest frame that Aeron takes. */
    static final int MAX_MTU = 65_504;

    private static final int MIN_MTU = 1_024;

    /**
     * Whether a log can be like this, and begin there.
     *
     * @param position where the log is to begin
     * @param maxTermLength the longest term that is taken, in bytes
     * @return false when Aeron would refuse it or its terms are too long
     */
    public boolean isPossible(final long position, final int maxTermLength) {
        return termLength >= LogBufferDescriptor.TERM_MIN_LENGTH
                && termLength <= maxTermLength
                && Integer.bitCount(termLength) == 1
                && mtu >= MIN_MTU
                && mtu <= MAX_MTU
                && mtu % FrameDescriptor.FRAME_ALIGNMENT == 0
                && position >= 0
                && position % FrameDescriptor.FRAME_ALIGNMENT == 0
                && position / termLength < Integer.MAX_VALUE;
    }
}
