package dev.maar.transport;

/**
 * A subscription served by the runtime's thread.
 *
 * @param <T> the type of the messages
 */
final class DispatchedSubscriber<T> implements Subscriber {

    private final Subscription<T> subscription;
    private final Handler<T> handler;
    private final Dispatcher dispatcher;

    DispatchedSubscriber(final Subscription<T> subscription, final Handler<T> handler, final Dispatcher dispatcher) {
        this.subscription = subscription;
        this.handler = handler;
        this.dispatcher = dispatcher;
    }

    /** On the runtime's thread. */
    int serve(final int limit) {
        return subscription.isBusy() ? 0 : subscription.poll(handler, limit);
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
        dispatcher.remove(this);
        subscription.close();
    }
}
