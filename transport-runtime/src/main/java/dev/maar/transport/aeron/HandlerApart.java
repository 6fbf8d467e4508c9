package dev.maar.transport.aeron;

import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.Header;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.agrona.DirectBuffer;

/** A fragment handler that is never compiled into the loop that polls for fragments: see {@link OutOfLine}. Immutable. */
final class HandlerApart implements ControlledFragmentHandler {

    private static final MethodType SIGNATURE =
            MethodType.methodType(Action.class, DirectBuffer.class, int.class, int.class, Header.class);

    private final MethodHandle handler;

    /**
     * Keeps a handler apart.
     *
     * @param handler what is called
     */
    HandlerApart(final ControlledFragmentHandler handler) {
        this.handler = OutOfLine.call(
                MethodHandles.lookup(), ControlledFragmentHandler.class, "onFragment", SIGNATURE, handler);
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
