package dev.maar.transport.aeron;

import java.nio.ByteBuffer;

/** Takes messages out of a log. */
@FunctionalInterface
public interface MessageSink {

    /**
     * Called for each message in order.
     *
     * @param bytes read-only and big-endian, from position to limit; valid until this returns
     * @param sequence the writer's number of the message
     */
    void onMessage(ByteBuffer bytes, long sequence);
}
