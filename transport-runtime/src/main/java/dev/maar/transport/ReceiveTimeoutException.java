package dev.maar.transport;

/** No message came in time. Receiving may go on. */
public final class ReceiveTimeoutException extends TransportException {

    private static final long serialVersionUID = 1L;

    ReceiveTimeoutException(final String message) {
        super(TransportError.RECEIVE_TIMEOUT, message);
    }
}
