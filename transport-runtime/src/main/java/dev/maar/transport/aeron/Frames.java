package dev.maar.transport.aeron;

import io.aeron.logbuffer.FrameDescriptor;

/**
 * How messages lie in a log. The header's reserved value is the message's sequence number. A message that fits one frame
 * is that frame's payload. A longer one is cut into pieces, a frame each; the first is marked as a beginning and starts
 * with the length of the whole message (4 bytes, big-endian), the last is marked as an end. A beginning without an end
 * is followed by another beginning when its writer gave up; readers then forget it.
 *
 * <p>Aeron's own fragmentation is not used, because it ends at 16 MiB and at an eighth of a term.
 */
final class Frames {

    static final byte WHOLE = FrameDescriptor.UNFRAGMENTED;
    static final byte FIRST = FrameDescriptor.BEGIN_FRAG_FLAG;
    static final byte MIDDLE = 0;
    static final byte LAST = FrameDescriptor.END_FRAG_FLAG;

    /** Bytes that the length takes at the start of a first piece. */
    static final int LENGTH_BYTES = Integer.BYTES;

    private Frames() {}

    /** The flags by which a reader tells the four kinds apart. */
    static byte kind(final byte flags) {
        return (byte) (flags & FrameDescriptor.UNFRAGMENTED);
    }
}
