package dev.maar.transport.aeron;

import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.Header;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.agrona.DirectBuffer;

/**
 * A fragment handler that is never compiled into the loop that polls for fragments. A handler that publishes has the whole way out below
 * it; compiled into {@code Image.controlledPoll}, that is one method of 12,000 bytes of bytecode, which takes the compiler 0.3 s, and
 * is thrown away and compiled again for each branch that is taken for the first time (a full window, the next term). Apart, both
 * are as fast and settle in a fraction of the time. An instance's method handle is what the compiler can not see through. Immutable.
 */
final class OutOfLine implements ControlledFragmentHandler {

    /** In an instance of a class that is no record, so that the compiler does not take it for a constant. */
    private final MethodHandle handler;

    /**
     * Keeps a handler apart.
     *
     * @param handler what is called
     */
    OutOfLine(final ControlledFragmentHandler handler) {
        try {
            this.handler = MethodHandles.lookup()
                    .findVirtual(
                            ControlledFragmentHandler.class,
                            "onFragment",
                            MethodType.methodType(Action.class, DirectBuffer.class, int.class, int.class, Header.class))
                    .bindTo(handler);
        } catch (final ReflectiveOperationException e) {
            throw new LinkageError("Aeron's ControlledFragmentHandler is not the one that this was compiled with", e);
        }
    }

    @Override
    public Action onFragment(final DirectBuffer term, final int offset, final int length, final Header header) {
        try {
            return (Action) handler.invokeExact(term, offset, length, header);
        } catch (final RuntimeException | Error e) {
            throw e;
        } catch (final Throwable e) {
            throw new AssertionError("a fragment handler throws nothing that is checked", e);
        }
    }
}
