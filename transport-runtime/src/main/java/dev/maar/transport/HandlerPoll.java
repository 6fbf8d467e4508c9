package dev.maar.transport;

import java.util.Objects;

/**
 * A subscription served by whoever calls {@link #poll}.
 *
 * @param <T> the type of the messages
 */
final class HandlerPoll<T> implements PolledSubscriber<T> {

    private final Subscription<T> subscription;
    private final Handler<T> handler;

    HandlerPoll(final Subscription<T> subscription, final Handler<T> handler) {
        this.subscription = subscription;
        this.handler = Objects.requireNonNull(handler, "handler");
    }

    @Override
    public int poll(final int limit) {
        return subscription.poll(handler, limit);
    }

    @Override
    public boolean isConnected() {
        return subscription.isConnected();
    }

    @Override
    public void pause() {
        subscription.pause(true);
    }

    @Override
    public void resume() {
        subscription.pause(false);
    }

    @Override
    public boolean isPaused() {
        return subscription.isPaused();
    }

    @Override
    public void close() {
        subscription.close();
    }
}
