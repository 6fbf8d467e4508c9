package dev.maar.transport;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The publisher: hands each message to every link, or to none when one of them has no room.
 *
 * @param <T> the type of the messages
 */
final class TopicPublisher<T> implements Publisher<T> {

    private static final long CLOSE_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Topic<T> topic;
    private final Registry registry;
    private final Dispatcher dispatcher;
    private final long publishTimeoutNanos;
    private final boolean raw;
    private final Gate gate = new Gate();
    private final Idle idle = new Idle();
    private final Tally[] tallies = new Tally[Transport.values().length];

    /** Replaced, never changed, under the registry's lock. */
    private volatile LocalOutlet<T>[] locals = array(0);

    private long sequence;

    TopicPublisher(
            final Topic<T> topic, final Registry registry, final Dispatcher dispatcher, final Duration publishTimeout) {
        this.topic = topic;
        this.registry = registry;
        this.dispatcher = dispatcher;
        this.publishTimeoutNanos = publishTimeout.toNanos();
        this.raw = topic.codec() == Codec.bytes();
        Arrays.setAll(tallies, ordinal -> new Tally());
    }

    Topic<T> topic() {
        return topic;
    }

    boolean isRaw() {
        return raw;
    }

    boolean isClosed() {
        return gate.isClosed();
    }

    Tally tally(final Transport transport) {
        return tallies[transport.ordinal()];
    }

    @Override
    public boolean tryPublish(final T message) {
        final boolean sent = attempt(message);
        if (!sent) {
            tally(Transport.LOCAL).backPressured();
        }
        return sent;
    }

    @Override
    public void publish(final T message) {
        if (!attempt(message)) {
            tally(Transport.LOCAL).backPressured();
            publishWaiting(message);
        }
    }

    /** The time is looked at before the last attempt: a process that was frozen meanwhile still gets that attempt. */
    private void publishWaiting(final T message) {
        final long start = System.nanoTime();
        idle.reset();
        while (true) {
            final boolean expired = System.nanoTime() - start >= publishTimeoutNanos;
            if (attempt(message)) {
                return;
            }
            if (expired) {
                throw new PublishTimeoutException("topic " + topic + ": no room for another message within "
                        + Duration.ofNanos(publishTimeoutNanos)
                        + "; its slowest subscriber has not finished with earlier ones");
            }
            pause();
        }
    }

    private void pause() {
        if (Thread.currentThread().isInterrupted()) {
            throw new TransportException(TransportError.INTERRUPTED, "topic " + topic + ": interrupted while waiting");
        }
        if (!dispatcher.help()) {
            idle.idle();
        }
    }

    private boolean attempt(final T message) {
        Objects.requireNonNull(message, "message");
        if (!gate.enter()) {
            throw new TransportException(TransportError.CLOSED, "topic " + topic + ": the publisher is closed");
        }
        try {
            final LocalOutlet<T>[] outlets = locals;
            if (outlets.length == 0) {
                return true;
            }
            for (final LocalOutlet<T> outlet : outlets) {
                if (!outlet.hasRoom()) {
                    return false;
                }
            }
            for (final LocalOutlet<T> outlet : outlets) {
                outlet.put(message, sequence);
            }
            sequence++;
            tally(Transport.LOCAL).message(raw ? ((ByteBuffer) message).remaining() : 0);
            return true;
        } finally {
            gate.exit();
        }
    }

    private boolean await(final Duration timeout, final BooleanSupplier condition) {
        final long start = System.nanoTime();
        final long nanos = timeout.toNanos();
        idle.reset();
        while (true) {
            final boolean expired = System.nanoTime() - start >= nanos;
            if (condition.getAsBoolean()) {
                return true;
            }
            if (expired) {
                return false;
            }
            pause();
        }
    }

    @Override
    public Transport transport() {
        return Transport.LOCAL;
    }

    @Override
    public boolean isConnected() {
        return locals.length > 0;
    }

    @Override
    public boolean awaitConnected(final Duration timeout) {
        return await(timeout, this::isConnected);
    }

    @Override
    public boolean isDrained() {
        for (final LocalOutlet<T> outlet : locals) {
            if (!outlet.isDrained()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean awaitDrained(final Duration timeout) {
        return await(timeout, this::isDrained);
    }

    /** Under the registry's lock. */
    void add(final LocalOutlet<T> outlet) {
        final LocalOutlet<T>[] current = locals;
        final LocalOutlet<T>[] changed = Arrays.copyOf(current, current.length + 1);
        changed[current.length] = outlet;
        locals = changed;
    }

    /** Under the registry's lock. */
    void remove(final Subscription<?> subscription) {
        locals = Arrays.stream(locals)
                .filter(outlet -> outlet.subscription() != subscription)
                .toArray(TopicPublisher::array);
    }

    /** Under the registry's lock: tells the subscribers that no more will come. */
    void end() {
        for (final LocalOutlet<T> outlet : locals) {
            outlet.end();
            outlet.subscription().publisherLeft();
        }
        locals = array(0);
    }

    @Override
    public void close() {
        if (!gate.isClosed()) {
            gate.close();
            gate.awaitEmpty(CLOSE_TIMEOUT_NANOS);
            registry.leave(this);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> LocalOutlet<T>[] array(final int length) {
        return (LocalOutlet<T>[]) new LocalOutlet<?>[length];
    }
}
