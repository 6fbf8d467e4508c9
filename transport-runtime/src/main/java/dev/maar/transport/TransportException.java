package dev.maar.transport;

/** The root of what the runtime throws. The message says what happened, where, and what to do. */
public class TransportException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final TransportError error;

    /**
     * A failure without a cause.
     *
     * @param error the kind
     * @param message what happened and what to do
     */
    public TransportException(final TransportError error, final String message) {
        super(message);
        this.error = error;
    }

    /**
     * A failure with a cause.
     *
     * @param error the kind
     * @param message what happened and what to do
     * @param cause what caused it
     */
    public TransportException(final TransportError error, final String message, final Throwable cause) {
        super(message, cause);
        this.error = error;
    }

    /**
     * The kind of failure.
     *
     * @return the kind
     */
    public final TransportError error() {
        return error;
    }
}
