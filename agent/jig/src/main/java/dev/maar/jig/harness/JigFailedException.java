package dev.maar.jig.harness;

/** The jig threw; the cause says what. */
final class JigFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    JigFailedException(final Exception cause) {
        super(cause);
    }
}
