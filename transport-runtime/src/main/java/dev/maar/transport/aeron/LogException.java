package dev.maar.transport.aeron;

/** A failure of the media driver, its client or a log. */
public final class LogException extends RuntimeException {

    /** What kind of failure. */
    public enum Kind {
        /** A JVM flag is missing. */
        MISSING_JVM_FLAG,
        /** The directory can not be used. */
        DIRECTORY,
        /** The file system that holds the logs is too small or full. */
        STORAGE,
        /** No port, or no connection. */
        NETWORK,
        /** No answer in time. */
        TIMEOUT,
        /** The driver or its client has failed. */
        GONE,
        /** The driver or its client has ended; with another one things may go on. */
        LOST
    }

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /**
     * A failure without a cause.
     *
     * @param kind what kind
     * @param message what happened and what to do
     */
    public LogException(final Kind kind, final String message) {
        super(message);
        this.kind = kind;
    }

    /**
     * A failure with a cause.
     *
     * @param kind what kind
     * @param message what happened and what to do
     * @param cause what caused it
     */
    public LogException(final Kind kind, final String message, final Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /**
     * The kind of failure.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }
}
