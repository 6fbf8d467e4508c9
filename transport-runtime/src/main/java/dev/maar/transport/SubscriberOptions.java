package dev.maar.transport;

import java.util.OptionalInt;

/**
 * What one subscriber asks for. Take {@link #defaults()} and change what matters.
 *
 * @param leakyCapacity for a leaky subscriber: how many messages wait for it at the most; empty for a reliable one
 */
public record SubscriberOptions(OptionalInt leakyCapacity) {

    /** The most messages that may wait for a leaky subscriber: {@value}. */
    public static final int MAX_LEAKY_CAPACITY = 1 << 16;

    private static final SubscriberOptions DEFAULTS = new SubscriberOptions(OptionalInt.empty());

    /** Checks what was asked for. */
    public SubscriberOptions {
        if (leakyCapacity.isPresent()
                && (leakyCapacity.getAsInt() < 1 || leakyCapacity.getAsInt() > MAX_LEAKY_CAPACITY)) {
            throw new TransportException(
                    TransportError.BAD_SETTING,
                    "a leaky subscriber's capacity is from 1 to " + MAX_LEAKY_CAPACITY + ", not "
                            + leakyCapacity.getAsInt());
        }
    }

    /**
     * Reliable: hears everything, and holds its publishers back when it is slow.
     *
     * @return the defaults
     */
    public static SubscriberOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Leaky: never holds a publisher back, not even by not polling at all. Of each publisher the newest messages wait
     * for it, copied; when one more comes, the oldest that waits is dropped and counted
     * ({@link Subscriber#dropped()}). {@link Delivery#sequence()} has gaps where messages were dropped. Every waiting
     * message is a copy, so memory for that many messages of the largest size is kept for each publisher.
     *
     * @param capacity messages that wait at the most, for each publisher: 1 to {@value #MAX_LEAKY_CAPACITY}; 1 keeps
     *     just the newest
     * @return changed options
     * @throws TransportException when the capacity is out of range
     */
    public SubscriberOptions leaky(final int capacity) {
        return new SubscriberOptions(OptionalInt.of(capacity));
    }

    boolean isLeaky() {
        return leakyCapacity.isPresent();
    }
}
