package dev.maar.transport.tcp;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Work that is never compiled into its caller. A publisher has the whole way into the socket below it and a subscriber the
 * whole way out of it; compiled into one method, that is up to 20,000 bytes of bytecode, which takes the compiler up to
 * 0.5 s, and is thrown away and compiled again for each branch that is taken for the first time. With two cores the
 * compiler takes one of them from the ends for seconds. Apart, the parts settle in a fraction of the time and are as fast.
 * An instance's method handle is what the compiler can not see through. Immutable.
 */
final class Apart {

    /** What is done, with the time in nanoseconds of the monotonic clock. */
    interface Work {

        /** Returns how much was done; 0 for nothing. */
        int at(long now) throws IOException;
    }

    /** In an instance of a class that is no record, so that the compiler does not take it for a constant. */
    private final MethodHandle work;

    Apart(final Work work) {
        try {
            this.work = MethodHandles.lookup()
                    .findVirtual(Work.class, "at", MethodType.methodType(int.class, long.class))
                    .bindTo(work);
        } catch (final ReflectiveOperationException impossible) {
            throw new LinkageError("an interface of this class lacks its method", impossible);
        }
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
