package dev.maar.transport.aeron;

import io.aeron.logbuffer.LogBufferDescriptor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** The three terms of a log as byte buffers, one view each, used again for every message. For one thread. */
public final class TermViews {

    private final boolean readOnly;
    private final @Nullable ByteBuffer[] terms = new ByteBuffer[LogBufferDescriptor.PARTITION_COUNT];
    private final @Nullable ByteBuffer[] views = new ByteBuffer[LogBufferDescriptor.PARTITION_COUNT];

    /**
     * No views yet.
     *
     * @param readOnly whether the views refuse to be written to
     */
    public TermViews(final boolean readOnly) {
        this.readOnly = readOnly;
    }

    /**
     * A view of a part of a term, big-endian.
     *
     * @param term a term of the one log that this object is for
     * @param offset where it begins
     * @param length in bytes
     * @return the view, valid until the next call
     */
    public ByteBuffer of(final DirectBuffer term, final int offset, final int length) {
        final ByteBuffer bytes = Objects.requireNonNull(term.byteBuffer());
        for (int i = 0; i < terms.length; i++) {
            final ByteBuffer view = views[i];
            if (view != null && terms[i] == bytes) {
                return view.limit(offset + length).position(offset).order(ByteOrder.BIG_ENDIAN);
            }
        }
        return first(bytes).limit(offset + length).position(offset);
    }

    private ByteBuffer first(final ByteBuffer bytes) {
        final ByteBuffer view = readOnly ? bytes.asReadOnlyBuffer() : bytes.duplicate();
        for (int i = 0; i < terms.length; i++) {
            if (terms[i] == null) {
                terms[i] = bytes;
                views[i] = view;
                return view;
            }
        }
        throw new IllegalStateException("a log has three terms, and this is a fourth");
    }
}
