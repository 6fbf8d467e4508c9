package dev.maar.transport;

/** Every kind of failure the runtime reports. */
public enum TransportError {
    /** No room for another message in time: subscribers are too slow, paused or stuck. */
    PUBLISH_TIMEOUT,
    /** No message came in time. */
    RECEIVE_TIMEOUT,
    /** The publisher, subscriber or runtime is closed. */
    CLOSED,
    /** A setting, in code or in the environment, makes no sense. */
    BAD_SETTING,
    /** A JVM flag is missing that shared memory and the network need. */
    MISSING_JVM_FLAG,
    /** Shared memory is too small or full. */
    STORAGE,
    /** No port, or no connection. */
    NETWORK,
    /** A subscriber and a publisher could not be joined in time. */
    CONNECT_TIMEOUT,
    /** The waiting thread was interrupted; its interrupt status is still set. */
    INTERRUPTED,
    /** A message could not be encoded, or its size is not what its codec said. */
    CODEC,
    /** The media driver or the client of it has failed. */
    DRIVER
}
