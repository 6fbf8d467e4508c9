package dev.maar.transport;

/**
 * What a runtime has done so far, by transport. Readable from any thread while it works; each figure only grows.
 *
 * <p>A message is counted as sent once for each transport it leaves by, however many subscribers that transport serves,
 * and as received once for each delivery to a subscriber. Every message is counted under the transport that really
 * carried it.
 */
public interface Counters {

    /**
     * Messages sent.
     *
     * @param transport by which transport
     * @return messages
     */
    long sent(Transport transport);

    /**
     * Messages delivered to subscribers.
     *
     * @param transport by which transport
     * @return messages
     */
    long received(Transport transport);

    /**
     * Payload bytes sent. {@link Transport#LOCAL} counts raw buffers; it never learns the size of other objects.
     *
     * @param transport by which transport
     * @return bytes
     */
    long bytesSent(Transport transport);

    /**
     * Payload bytes delivered, counted as in {@link #bytesSent}.
     *
     * @param transport by which transport
     * @return bytes
     */
    long bytesReceived(Transport transport);

    /**
     * How often a message found no room: each refused {@code tryPublish}, and once for each {@code publish} that had to
     * wait.
     *
     * @param transport by which transport
     * @return occasions
     */
    long backPressured(Transport transport);

    /**
     * Messages that leaky subscribers did not take in time, once for each subscriber.
     *
     * @param transport by which transport they came
     * @return messages
     */
    long dropped(Transport transport);
}
