package dev.maar.jig.harness;

/** A text is not the JSON it should be. */
final class JsonException extends Exception {

    private static final long serialVersionUID = 1L;

    JsonException(final String message) {
        super(message);
    }
}
