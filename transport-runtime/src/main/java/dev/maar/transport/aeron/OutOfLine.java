package dev.maar.transport.aeron;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * What is never compiled into its caller. A handler that publishes has the whole way out below it, and one that takes from a socket the
 * whole way in; compiled into the loop that polls for fragments, that is one method of 12,000 to 20,000 bytes of bytecode, which takes
 * the compiler 0.3 to 0.5 s, and is thrown away and compiled again for each branch that is taken for the first time (a full window, the
 * next term). With two cores the compiler takes one of them from the ends for seconds. Apart, the parts are as fast and settle in a
 * fraction of the time. What the compiler can not see through is a method handle, as long as it is no constant: it has to be in a field of
 * an instance whose class is no record.
 */
public final class OutOfLine {

    private OutOfLine() {}

    /**
     * Calls an interface's method of an instance.
     *
     * @param owner may see the interface
     * @param type the interface
     * @param method its method's name
     * @param signature its method's type
     * @param instance whose method is called
     * @return the handle, to be kept in a field of an instance and called by {@code invokeExact}
     */
    public static MethodHandle call(
            final MethodHandles.Lookup owner,
            final Class<?> type,
            final String method,
            final MethodType signature,
            final Object instance) {
        try {
            return owner.findVirtual(type, method, signature).bindTo(instance);
        } catch (final ReflectiveOperationException e) {
            throw new LinkageError(type + " is not the one that this was compiled with", e);
        }
    }
}
