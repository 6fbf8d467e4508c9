package dev.maar.transport.mesh;

import java.nio.ByteBuffer;

/**
 * A log that is offered.
 *
 * @param sessionId by which it is told apart from other logs of its stream
 * @param streamId its stream
 * @param termLength bytes
 * @param mtu the longest frame, in bytes
 * @param initialTermId the number of its first term
 * @param bound how many messages may be in flight
 * @param position where it is written to, in bytes
 * @param sequence the number of the first message that the subscriber has a right to
 */
public record LogShape(
        int sessionId,
        int streamId,
        int termLength,
        int mtu,
        int initialTermId,
        int bound,
        long position,
        long sequence) {

    void write(final ByteBuffer into) {
        into.putInt(sessionId)
                .putInt(streamId)
                .putInt(termLength)
                .putInt(mtu)
                .putInt(initialTermId)
                .putInt(bound)
                .putLong(position)
                .putLong(sequence);
    }

    static LogShape read(final ByteBuffer from) {
        return new LogShape(
                from.getInt(),
                from.getInt(),
                from.getInt(),
                from.getInt(),
                from.getInt(),
                from.getInt(),
                from.getLong(),
                from.getLong());
    }
}
