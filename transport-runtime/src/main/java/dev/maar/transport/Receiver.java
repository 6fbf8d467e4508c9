package dev.maar.transport;

import java.time.Duration;
import java.util.Optional;

/**
 * The synchronous style: messages are fetched one at a time, on one thread at a time. A message is valid, and counts as
 * in flight, until the next call of {@link #receive}, {@link #tryReceive}, {@link #release} or {@link #close}.
 *
 * @param <T> the type of the messages
 */
public interface Receiver<T> extends Subscriber {

    /**
     * Waits for the next message.
     *
     * @param timeout how long to wait at the most; nothing is waited for when it is 0
     * @return the message
     * @throws ReceiveTimeoutException when none came in time
     * @throws TransportException when this receiver or its runtime is closed
     */
    T receive(Duration timeout);

    /**
     * Takes the next message if there is one. Never waits.
     *
     * @return the message, or empty
     * @throws TransportException when this receiver or its runtime is closed
     */
    Optional<T> tryReceive();

    /** Gives the last message back before the next is asked for. Does nothing when there is none. */
    void release();

    /**
     * How the last message came. The same object each time, valid as long as the message.
     *
     * @return the delivery
     */
    Delivery delivery();
}
