package dev.maar.transport;

import java.nio.ByteBuffer;

/**
 * Turns messages into bytes and back. {@link Transport#LOCAL} calls it for leaky subscribers only. A codec is called from
 * publishing and receiving threads at once, so it has no mutable state, or state of its own per thread.
 *
 * <p>Both buffers are views into shared memory: they begin at {@link ByteBuffer#position()}, which is seldom 0, and end
 * at {@link ByteBuffer#limit()}; absolute indices have to be counted from there. Their byte order is big-endian unless the
 * codec changes it; the change lasts for the call.
 *
 * @param <T> the type of the messages
 */
public interface Codec<T> {

    /**
     * How many bytes {@link #encode} will write.
     *
     * @param message the message
     * @return the number of bytes, 0 or more
     */
    int size(T message);

    /**
     * Writes the message. Bytes that are left unwritten are undefined for the receiver.
     *
     * @param message the message
     * @param into exactly {@link #size} bytes of room
     */
    void encode(T message, ByteBuffer into);

    /**
     * Reads a message. What is returned may refer to {@code from}, which is valid as long as the message is: until the
     * handler returns, or until the next call of a {@link Receiver}.
     *
     * @param from the message's bytes, read-only
     * @return the message
     */
    T decode(ByteBuffer from);

    /**
     * The codec for raw bytes. The publisher's buffer is sent from its position to its limit, neither of which is
     * changed. The subscriber is given a read-only, big-endian view without a copy, valid until its handler returns.
     *
     * @return the codec; the same one each time
     */
    static Codec<ByteBuffer> bytes() {
        return BytesCodec.INSTANCE;
    }
}
