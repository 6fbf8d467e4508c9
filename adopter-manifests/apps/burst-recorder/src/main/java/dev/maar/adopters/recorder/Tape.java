package dev.maar.adopters.recorder;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Room for a recording, of a fixed size, so that recording allocates nothing. Not thread-safe. */
final class Tape {

    private final byte[] bytes;
    private final int[] ends;
    private final long[] times;
    private int count;

    Tape(final int messages, final int payloadBytes) {
        bytes = new byte[payloadBytes];
        ends = new int[messages];
        times = new long[messages];
    }

    /** Keeps a message; false when there is no room for it. */
    boolean keep(final ByteBuffer message, final long nanos) {
        final int start = used();
        final int length = message.remaining();
        if (count == ends.length || length > bytes.length - start) {
            return false;
        }
        message.get(message.position(), bytes, start, length);
        ends[count] = start + length;
        times[count] = nanos;
        count++;
        return true;
    }

    private int used() {
        return count == 0 ? 0 : ends[count - 1];
    }

    /** Forgets what it holds. */
    void rewind() {
        count = 0;
    }

    int count() {
        return count;
    }

    Recording recording() {
        final long[] offsets = new long[count];
        for (int i = 0; i < count; i++) {
            offsets[i] = times[i] - times[0];
        }
        return new Recording(Arrays.copyOf(bytes, used()), Arrays.copyOf(ends, count), offsets);
    }
}
