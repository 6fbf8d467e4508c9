package dev.maar.transport;

/**
 * A subscription served by whoever calls {@link #poll}.
 *
 * @param <T> the type of the messages
 */
final class HandlerPoll<T> extends OpenSubscriber<T> implements PolledSubscriber<T> {

    private final Handler<T> handler;

    HandlerPoll(final Subscription<T> subscription, final Handler<T> handler) {
        super(subscription);
        this.handler = handler;
    }

    @Override
    public int poll(final int limit) {
        return subscription().poll(handler, limit);
    }
}
