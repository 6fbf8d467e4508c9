package dev.maar.transport.bench;

/** A way for messages to get from one thread to another. One object serves both ends when they are in one process. */
interface Contender extends AutoCloseable {

    /**
     * Opens an end. The far one is opened first, and served while the near one opens.
     *
     * @param near whether it is the one that begins
     * @param size of every message in bytes
     * @param listener told of what comes
     */
    End open(boolean near, int size, End.Listener listener);

    @Override
    void close();
}
