package dev.maar.transport.tcp;

import dev.maar.transport.aeron.OutOfLine;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Work that is never compiled into its caller: see {@link OutOfLine}. Immutable. */
final class Apart {

    private static final MethodType SIGNATURE = MethodType.methodType(int.class, long.class);

    /** What is done, with the time in nanoseconds of the monotonic clock. */
    interface Work {

        /** Returns how much was done; 0 for nothing. */
        int at(long now) throws IOException;
    }

    private final MethodHandle work;

    Apart(final Work work) {
        this.work = OutOfLine.call(MethodHandles.lookup(), Work.class, "at", SIGNATURE, work);
    }

    int at(final long now) throws IOException {
        try {
            return (int) work.invokeExact(now);
        } catch (final IOException | RuntimeException | Error e) {
            throw e;
        } catch (final Throwable e) {
            throw new AssertionError("the work throws nothing else that is checked", e);
        }
    }
}
