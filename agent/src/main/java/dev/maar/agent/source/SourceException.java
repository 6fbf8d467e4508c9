package dev.maar.agent.source;

/** A side or a folder can not be used; the message says what happened, where, and what to do, in words for the user. */
public final class SourceException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * With a message for the user.
     *
     * @param message what happened and what to do
     */
    public SourceException(final String message) {
        super(message);
    }
}
