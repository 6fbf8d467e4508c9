package dev.maar.transport;

/**
 * The life of a subscriber, whichever way messages get to it.
 *
 * @param <T> the type of the messages
 */
abstract class OpenSubscriber<T> implements Subscriber {

    private final Subscription<T> subscription;

    OpenSubscriber(final Subscription<T> subscription) {
        this.subscription = subscription;
    }

    final Subscription<T> subscription() {
        return subscription;
    }

    @Override
    public final boolean isConnected() {
        return subscription.isConnected();
    }

    @Override
    public final void pause() {
        subscription.pause(true);
    }

    @Override
    public final void resume() {
        subscription.pause(false);
    }

    @Override
    public final boolean isPaused() {
        return subscription.isPaused();
    }

    @Override
    public final long dropped() {
        return subscription.dropped();
    }

    @Override
    public void close() {
        subscription.close();
    }
}
