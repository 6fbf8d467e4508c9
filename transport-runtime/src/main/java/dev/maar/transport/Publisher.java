package dev.maar.transport;

import java.time.Duration;
import java.util.List;

/**
 * Sends the messages of one topic to all its subscribers, reliably and in order while they are connected. There is no
 * replay for those who join later, and a message published while nobody is connected goes nowhere.
 *
 * <p>A publisher is for one thread at a time. Take one for each thread that publishes.
 *
 * <p>Ownership: from {@link #publish} on a message belongs to the runtime and must not be changed until every
 * subscriber has finished with it, because {@link Transport#LOCAL} hands over the very object. At most
 * {@link TransportContext#maxInFlight()} messages are in flight, so cycling through one more message objects than that
 * is always safe; so is publishing one unchanging message again and again; {@link #isDrained()} tells when all are
 * free.
 *
 * @param <T> the type of the messages
 */
public interface Publisher<T> extends AutoCloseable {

    /**
     * Sends a message to all connected subscribers, waiting while as many as allowed are in flight.
     *
     * <p>Called from a handler on the runtime's own thread, it serves the other asynchronous subscribers while it
     * waits, so that a chain of handlers does not block itself.
     *
     * @param message the message; not null
     * @throws PublishTimeoutException when there is no room within {@link TransportContext#publishTimeout()}
     * @throws TransportException when this publisher or its runtime is closed, or the transport has failed
     */
    void publish(T message);

    /**
     * Sends a message if there is room for one more in flight. It does not wait, with one exception: a message that
     * leaves the process in several pieces (above 64 KB) is finished once it is begun, which may take as long as a
     * {@link #publish} may.
     *
     * @param message the message; not null
     * @return true when it was sent or nobody is connected, false when it was refused
     * @throws TransportException as for {@link #publish}
     */
    boolean tryPublish(T message);

    /**
     * What was chosen for subscribers in the same runtime: {@link Transport#LOCAL} unless that is not allowed.
     * {@link #connections()} says what was chosen for all, {@link Delivery#transport()} what carried a message.
     *
     * @return the transport
     */
    Transport transport();

    /**
     * Whether a message published now would go to anyone. Subscribers of the same runtime are connected when
     * {@code subscribe}, {@code poll} or {@code receiver} returns, those of other runtimes a moment later. May be asked
     * from any thread.
     *
     * @return true when there is at least one subscriber
     */
    boolean isConnected();

    /**
     * Waits until there is at least one subscriber.
     *
     * @param timeout how long to wait at the most
     * @return true when connected, false when the time is up
     */
    boolean awaitConnected(Duration timeout);

    /**
     * What serves whom: each connected subscriber, of this runtime and of others, and its transport. May be asked from any
     * thread.
     *
     * @return the connections as they are now, in no particular order
     */
    List<Connection> connections();

    /**
     * Whether every subscriber has finished with every message, so that all message objects are the caller's again.
     *
     * @return true when nothing is in flight
     */
    boolean isDrained();

    /**
     * Waits until nothing is in flight.
     *
     * @param timeout how long to wait at the most
     * @return true when drained, false when the time is up
     */
    boolean awaitDrained(Duration timeout);

    /** Leaves the topic. What is in flight is still delivered. May be called from any thread, and twice. */
    @Override
    void close();
}
