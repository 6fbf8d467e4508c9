package dev.maar.coordinator.experiment;

import java.io.IOException;

/** An agent said that it could not do what the experiment can not go on without. The message is for users. */
public final class UndoneException extends IOException {

    private static final long serialVersionUID = 1L;

    UndoneException(final String message) {
        super(message);
    }
}
