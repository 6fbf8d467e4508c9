package dev.maar.transport;

/** One subscription to a topic. Closing it never disturbs the publisher or other subscribers. */
public interface Subscriber extends AutoCloseable {

    /**
     * Whether at least one publisher of the topic is connected. May be asked from any thread.
     *
     * @return true when there is one
     */
    boolean isConnected();

    /**
     * Stops delivery until {@link #resume}. What is published meanwhile waits; when as many messages as allowed are in
     * flight, publishers are held back as by a slow subscriber; a leaky subscriber drops instead. A handler that is running finishes. May be called from
     * any thread, and twice.
     */
    void pause();

    /** Goes on with delivery where it was stopped. May be called from any thread, and without a {@link #pause}. */
    void resume();

    /**
     * Whether delivery is stopped. May be asked from any thread.
     *
     * @return true between {@link #pause} and {@link #resume}
     */
    boolean isPaused();

    /**
     * How many messages were dropped because this subscriber is leaky ({@link SubscriberOptions#leaky}) and did not take
     * them in time. May be asked from any thread.
     *
     * @return messages; always 0 for a reliable subscriber
     */
    long dropped();

    /**
     * Leaves the topic; undelivered messages are dropped. When it returns, no handler of this subscriber is running,
     * unless it was called from that handler. May be called from any thread, and twice.
     */
    @Override
    void close();
}
