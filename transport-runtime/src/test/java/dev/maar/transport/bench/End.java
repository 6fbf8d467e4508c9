package dev.maar.transport.bench;

/** One of two ends of a connection. Opened, used and closed by one thread. */
interface End extends AutoCloseable {

    /** Sends one message of the agreed size that begins with the mark; waits while there is no room. */
    void send(Mark mark);

    /** Hands what has come to the end's listener, without waiting. Returns how many messages that were. */
    int poll();

    @Override
    void close();

    /** Told of each message that comes, on the thread that polls. */
    @FunctionalInterface
    interface Listener {
        void onMessage(byte mark);
    }
}
