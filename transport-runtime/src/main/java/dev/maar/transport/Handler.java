package dev.maar.transport;

/**
 * What a subscriber does with a message.
 *
 * @param <T> the type of the messages
 */
@FunctionalInterface
public interface Handler<T> {

    /**
     * Called for each message, in order for each publisher, by one thread at a time. The message counts as in flight
     * until this returns, however it returns.
     *
     * @param message valid until this returns, on every transport; not to be changed
     * @param delivery how it came; the same object each time, valid until this returns
     */
    void onMessage(T message, Delivery delivery);
}
