package dev.maar.agent.build;

/** A build said that it succeeded, but what it should have made is not there; the message says what. */
final class NoProductException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;

    NoProductException(final String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
