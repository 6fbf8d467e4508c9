package dev.maar.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Numbers in memory that others read: little-endian, never torn, stored without waiting. One of the two kinds is in use in a
 * process, so that the compiler sees through the calls.
 */
abstract sealed class Cells {

    /** Those of a buffer that stays as it is. */
    static Cells of(final ByteBuffer bytes) {
        final boolean exported = Object.class.getModule().isExported("jdk.internal.misc", Cells.class.getModule());
        return exported ? new Direct(bytes) : new Checked(bytes);
    }

    abstract long get(int offset);

    abstract void put(int offset, long value);

    /** Needs the flag that all transports but local delivery need. */
    private static final class Direct extends Cells {

        private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

        private final AtomicBuffer bytes;

        Direct(final ByteBuffer bytes) {
            this.bytes = new UnsafeBuffer(bytes);
        }

        @Override
        long get(final int offset) {
            return ordered(bytes.getLongOpaque(offset));
        }

        @Override
        void put(final int offset, final long value) {
            bytes.putLongOpaque(offset, ordered(value));
        }

        private static long ordered(final long value) {
            return LITTLE_ENDIAN ? value : Long.reverseBytes(value);
        }
    }

    /** A view handle looks at bounds, alignment and the mapping's life at each store. */
    private static final class Checked extends Cells {

        private static final VarHandle LONGS =
                MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

        private final ByteBuffer bytes;

        Checked(final ByteBuffer bytes) {
            this.bytes = bytes;
        }

        @Override
        long get(final int offset) {
            return (long) LONGS.getOpaque(bytes, offset);
        }

        @Override
        void put(final int offset, final long value) {
            LONGS.setOpaque(bytes, offset, value);
        }
    }
}
