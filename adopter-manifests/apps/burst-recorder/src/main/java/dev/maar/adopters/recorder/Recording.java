package dev.maar.adopters.recorder;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Messages with the times at which they came. Immutable. */
public final class Recording {

    private final byte[] bytes;
    private final int[] ends;
    private final long[] offsets;

    /** Takes the arrays over: the messages' bytes one after the other, where each ends, and when each came. */
    Recording(final byte[] bytes, final int[] ends, final long[] offsets) {
        this.bytes = bytes;
        this.ends = ends;
        this.offsets = offsets;
    }

    /**
     * How many messages there are.
     *
     * @return their number
     */
    public int size() {
        return ends.length;
    }

    /**
     * When a message came.
     *
     * @param index which message, counting from 0
     * @return nanoseconds after the first one
     */
    public long offsetNanos(final int index) {
        return offsets[index];
    }

    /**
     * A message.
     *
     * @param index which message, counting from 0
     * @return its bytes; a view of its own, read-only
     */
    public ByteBuffer message(final int index) {
        final int start = index == 0 ? 0 : ends[index - 1];
        return ByteBuffer.wrap(bytes, start, ends[index] - start).slice().asReadOnlyBuffer();
    }

    /**
     * Where bursts begin: a message that comes later than {@code gapNanos} after the one before it begins a burst.
     *
     * @param gapNanos the longest pause within a burst
     * @return the index of each burst's first message, in order; empty when there are no messages
     */
    public List<Integer> bursts(final long gapNanos) {
        final List<Integer> begins = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            if (i == 0 || offsets[i] - offsets[i - 1] > gapNanos) {
                begins.add(i);
            }
        }
        return begins;
    }

    /**
     * All messages together.
     *
     * @return their bytes' number
     */
    public long payloadBytes() {
        return bytes.length;
    }

    /**
     * From the first message to the last.
     *
     * @return nanoseconds; 0 when there are fewer than two
     */
    public long durationNanos() {
        return offsets.length == 0 ? 0 : offsets[offsets.length - 1];
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof final Recording recording
                && Arrays.equals(bytes, recording.bytes)
                && Arrays.equals(ends, recording.ends)
                && Arrays.equals(offsets, recording.offsets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes) * 31 + Arrays.hashCode(offsets);
    }

    @Override
    public String toString() {
        return size() + " messages, " + payloadBytes() + " bytes, " + durationNanos() / 1_000 + " us";
    }
}
