package dev.maar.transport;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
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

    @SuppressWarnings({"unchecked", "rawtypes"})
    private final @Nullable Optional<ByteBuffer>[] envelopes = new Optional[CAPACITY];

    /** Where the view is that was asked for last; -1 when it is not remembered. */
    private int last = -1;

    /** A view of the buffer from its position to its limit. */
    ByteBuffer of(final ByteBuffer source) {
        final int first = System.identityHashCode(source) & (CAPACITY - 1);
        for (int i = 0; i < PROBES; i++) {
            final int slot = (first + i) & (CAPACITY - 1);
            final ByteBuffer view = views[slot];
            if (sources[slot] == source && view != null) {
                last = slot;
                return view.limit(source.limit()).position(source.position()).order(ByteOrder.BIG_ENDIAN);
            }
        }
        return remember(source, first);
    }

    /** The view that {@link #of} has just given, in an envelope. */
    Optional<ByteBuffer> wrapped(final ByteBuffer view) {
        if (last < 0) {
            return Optional.of(view);
        }
        final Optional<ByteBuffer> known = envelopes[last];
        if (known != null && known.get() == view) {
            return known;
        }
        final Optional<ByteBuffer> made = Optional.of(view);
        envelopes[last] = made;
        return made;
    }

    private ByteBuffer remember(final ByteBuffer source, final int first) {
        final ByteBuffer view = source.asReadOnlyBuffer();
        last = -1;
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
            last = slot;
        }
        return view;
    }
}
