package dev.maar.transport;

/**
 * A subscription that the caller serves in its own duty cycle, on one thread at a time.
 *
 * @param <T> the type of the messages
 */
public interface PolledSubscriber<T> extends Subscriber {

    /**
     * Hands waiting messages to the handler, on the calling thread. Never waits. What the handler throws comes out
     * here; that message counts as delivered.
     *
     * @param limit the most messages to deliver, at least 1
     * @return how many messages were delivered; 0 when there are none or the subscription is closed
     * @throws IllegalStateException when called from its own handler
     */
    int poll(int limit);
}
