package dev.maar.transport;

/** There was no room for another message in time. The message was not sent; it may be published again. */
public final class PublishTimeoutException extends TransportException {

    private static final long serialVersionUID = 1L;

    PublishTimeoutException(final String message) {
        super(TransportError.PUBLISH_TIMEOUT, message);
    }
}
