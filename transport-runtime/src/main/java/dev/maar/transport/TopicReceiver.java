package dev.maar.transport;

import java.time.Duration;
import java.util.Optional;

/**
 * The synchronous subscriber.
 *
 * @param <T> the type of the messages
 */
final class TopicReceiver<T> extends OpenSubscriber<T> implements Receiver<T> {

    private final Subscription<T> subscription;
    private final Dispatcher dispatcher;
    private final Idle idle = new Idle();

    TopicReceiver(final Subscription<T> subscription, final Dispatcher dispatcher) {
        super(subscription);
        this.subscription = subscription;
        this.dispatcher = dispatcher;
    }

    @Override
    public T receive(final Duration timeout) {
        final T first = subscription.take();
        return first != null ? first : receiveWaiting(timeout);
    }

    private T receiveWaiting(final Duration timeout) {
        final long start = System.nanoTime();
        final long nanos = timeout.toNanos();
        idle.reset();
        while (true) {
            final boolean expired = System.nanoTime() - start >= nanos;
            final T message = subscription.take();
            if (message != null) {
                return message;
            }
            if (expired) {
                throw new ReceiveTimeoutException("topic " + subscription.topic() + ": no message within " + timeout);
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new TransportException(
                        TransportError.INTERRUPTED,
                        "topic " + subscription.topic() + ": interrupted while waiting for a message");
            }
            if (!dispatcher.help()) {
                idle.idle();
            }
        }
    }

    @Override
    public Optional<T> tryReceive() {
        return subscription.tryTake();
    }

    @Override
    public void release() {
        subscription.release();
    }

    @Override
    public Delivery delivery() {
        return subscription.delivery();
    }
}
