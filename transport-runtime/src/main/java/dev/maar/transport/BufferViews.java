package dev.maar.transport;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Read-only views of buffers, remembered so that a publisher that cycles through a few buffers costs no allocation. For
 * one thread; each view is used again for the next message in the same buffer.
 */
final class BufferViews {

    private static final int CAPACITY = 256;
    private static final int PROBES = 8;

    /** Views of larger buffers are made anew, so that they are not kept from being collected. */
    private static final int MAX_REMEMBERED_BYTES = 1 << 20;

    private final @Nullable ByteBuffer[] sources = new ByteBuffer[CAPACITY];
    private final @Nullable ByteBuffer[] views = new ByteBuffer[CAPACITY];

    /** A view of the buffer from its position to its limit. */
    ByteBuffer of(final ByteBuffer source) {
        final int first = System.identityHashCode(source) & (CAPACITY - 1);
        for (int i = 0; i < PROBES; i++) {
            final int slot = (first + i) & (CAPACITY - 1);
            final ByteBuffer view = views[slot];
            if (sources[slot] == source && view != null) {
                return view.limit(source.limit()).position(source.position()).order(ByteOrder.BIG_ENDIAN);
            }
        }
        return remember(source, first);
    }

    private ByteBuffer remember(final ByteBuffer source, final int first) {
        final ByteBuffer view = source.asReadOnlyBuffer();
        if (source.capacity() <= MAX_REMEMBERED_BYTES) {
            int slot = first;
            for (int i = 0; i < PROBES; i++) {
                if (sources[(first + i) & (CAPACITY - 1)] == null) {
                    slot = (first + i) & (CAPACITY - 1);
                    break;
                }
            }
            sources[slot] = source;
            views[slot] = view;
        }
        return view;
    }
}
