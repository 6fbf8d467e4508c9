package dev.maar.transport.aeron;

import java.util.function.Consumer;
import org.agrona.ErrorHandler;

/** What is told of a client's failures and of its end; once its end is expected, nothing. Thread-safe. */
final class ClientFate implements ErrorHandler {

    private final Consumer<Throwable> errorHandler;
    private final Runnable onLost;
    private volatile boolean expected;

    ClientFate(final Consumer<Throwable> errorHandler, final Runnable onLost) {
        this.errorHandler = errorHandler;
        this.onLost = onLost;
    }

    void isExpected() {
        expected = true;
    }

    @Override
    public void onError(final Throwable failure) {
        if (!expected) {
            errorHandler.accept(failure);
        }
    }

    /** The client has closed: by itself, unless that is expected. */
    void ended() {
        if (!expected) {
            onLost.run();
        }
    }
}
