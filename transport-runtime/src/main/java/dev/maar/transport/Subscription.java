package dev.maar.transport;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What all kinds of subscribers have in common: the links from the topic's publishers, and turns among them. Served by
 * one thread at a time; closed, and given links, by any.
 *
 * @param <T> the type of the messages
 */
final class Subscription<T> {

    private static final long CLOSE_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Topic<T> topic;
    private final SubscriberOptions options;
    private final Registry registry;
    private final long number;
    private final Gate gate = new Gate();
    private final Delivery delivery = new Delivery();

    /** Replaced, never changed, under the registry's lock. */
    private volatile Inlet<T>[] inlets = array(0);

    /** A publisher has left since the last look; its link goes when it is drained. */
    private volatile boolean publisherLeft;

    private volatile boolean paused;

    /** What links dropped that have gone. Guarded by the registry's lock. */
    private long droppedBefore;

    private int turn;
    private @Nullable Inlet<T> taken;

    Subscription(final Topic<T> topic, final SubscriberOptions options, final Registry registry) {
        this.topic = topic;
        this.options = options;
        this.registry = registry;
        this.number = registry.nextNumber();
    }

    /** By which other runtimes know it. */
    long number() {
        return number;
    }

    Topic<T> topic() {
        return topic;
    }

    SubscriberOptions options() {
        return options;
    }

    Delivery delivery() {
        return delivery;
    }

    boolean isConnected() {
        return inlets.length > 0;
    }

    Gate gate() {
        return gate;
    }

    boolean isClosed() {
        return gate.isClosed();
    }

    /** Whether the calling thread is in a handler of this subscription. */
    boolean isBusy() {
        return gate.isInside();
    }

    void pause(final boolean pause) {
        paused = pause;
    }

    boolean isPaused() {
        return paused;
    }

    int poll(final Handler<T> handler, final int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a poll's limit is at least 1, not " + limit);
        }
        if (!gate.enter()) {
            return 0;
        }
        try {
            return paused ? 0 : pollInlets(handler, limit);
        } finally {
            gate.exit();
        }
    }

    private int pollInlets(final Handler<T> handler, final int limit) {
        final Inlet<T>[] current = inlets;
        final int size = current.length;
        int count = 0;
        int next = turn < size ? turn : 0;
        for (int i = 0; i < size && count < limit; i++) {
            count += current[next].poll(handler, delivery, limit - count);
            next = next + 1 < size ? next + 1 : 0;
        }
        turn = next;
        if (count == 0 && publisherLeft) {
            prune();
        }
        return count;
    }

    /** The next message of any publisher, in flight until {@link #release}; or null when there is none. */
    @Nullable
    T take() {
        if (!gate.enter()) {
            throw new TransportException(TransportError.CLOSED, "topic " + topic + ": the receiver is closed");
        }
        try {
            releaseTaken();
            if (paused) {
                return null;
            }
            final Inlet<T>[] current = inlets;
            final int size = current.length;
            int next = turn < size ? turn : 0;
            T message = null;
            for (int i = 0; i < size && message == null; i++) {
                final Inlet<T> inlet = current[next];
                message = inlet.take(delivery);
                if (message != null) {
                    taken = inlet;
                }
                next = next + 1 < size ? next + 1 : 0;
            }
            turn = next;
            if (message == null && publisherLeft) {
                prune();
            }
            return message;
        } finally {
            gate.exit();
        }
    }

    /** As {@link #take}. */
    Optional<T> tryTake() {
        final T message = take();
        final Inlet<T> inlet = taken;
        return message == null || inlet == null ? Optional.empty() : inlet.wrapped(message);
    }

    void release() {
        if (gate.enter()) {
            try {
                releaseTaken();
            } finally {
                gate.exit();
            }
        }
    }

    private void releaseTaken() {
        final Inlet<T> inlet = taken;
        if (inlet != null) {
            taken = null;
            inlet.release();
        }
    }

    private void prune() {
        publisherLeft = false;
        for (final Inlet<T> inlet : inlets) {
            if (inlet.isFinished()) {
                registry.drop(this, inlet);
            } else {
                publisherLeft = true;
            }
        }
    }

    /** How many messages were dropped, by links that are there and by those that have gone. From any thread. */
    long dropped() {
        return registry.dropped(this);
    }

    /** Under the registry's lock. */
    long droppedByLinks() {
        long total = droppedBefore;
        for (final Inlet<T> inlet : inlets) {
            total += inlet.dropped();
        }
        return total;
    }

    Inlet<T>[] inlets() {
        return inlets;
    }

    /** Under the registry's lock. */
    void add(final Inlet<T> inlet) {
        final Inlet<T>[] current = inlets;
        final Inlet<T>[] changed = Arrays.copyOf(current, current.length + 1);
        changed[current.length] = inlet;
        inlets = changed;
    }

    /** Under the registry's lock. */
    void remove(final Inlet<?> inlet) {
        droppedBefore += inlet.dropped();
        inlets = Arrays.stream(inlets).filter(each -> each != inlet).toArray(length -> array(length));
    }

    void publisherLeft() {
        publisherLeft = true;
    }

    void close() {
        if (gate.isClosed()) {
            return;
        }
        gate.close();
        registry.part(this);
        gate.awaitEmpty(CLOSE_TIMEOUT_NANOS);
        registry.leave(this);
    }

    @SuppressWarnings("unchecked")
    private Inlet<T>[] array(final int length) {
        return (Inlet<T>[]) new Inlet<?>[length];
    }
}
