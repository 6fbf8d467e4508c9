package dev.maar.coordinator.manifest;

/** A selection that can't be read, or that names something that is not there. The message is for users. */
public final class SelectionException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what is wrong, and what to do
     */
    public SelectionException(final String message) {
        super(message);
    }
}
