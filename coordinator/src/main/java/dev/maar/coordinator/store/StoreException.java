package dev.maar.coordinator.store;

import java.io.IOException;

/** The store can not be opened, read or written. What was acknowledged before is safe. The message is for users. */
public final class StoreException extends IOException {

    private static final long serialVersionUID = 1L;

    StoreException(final String message) {
        super(message);
    }

    StoreException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
