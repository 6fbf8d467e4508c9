package dev.maar.transport;

/**
 * A subscription served by the runtime's thread.
 *
 * @param <T> the type of the messages
 */
final class DispatchedSubscriber<T> extends OpenSubscriber<T> implements Served {

    private final Handler<T> handler;
    private final Dispatcher dispatcher;

    DispatchedSubscriber(final Subscription<T> subscription, final Handler<T> handler, final Dispatcher dispatcher) {
        super(subscription);
        this.handler = handler;
        this.dispatcher = dispatcher;
    }

    @Override
    public int serve(final int limit) {
        return subscription().isBusy() ? 0 : subscription().poll(handler, limit);
    }

    @Override
    public void close() {
        dispatcher.remove(this);
        super.close();
    }
}
