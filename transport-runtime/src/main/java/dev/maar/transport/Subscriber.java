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
     * Leaves the topic; undelivered messages are dropped. When it returns, no handler of this subscriber is running,
     * unless it was called from that handler. May be called from any thread, and twice.
     */
    @Override
    void close();
}
