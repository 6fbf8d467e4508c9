package dev.maar.adopters.hotpath;

/**
 * Two ends that send each other messages, one in flight: those with even numbers go there, those with odd numbers come
 * back. Played by one thread.
 */
interface PingPong extends AutoCloseable {

    /**
     * Sends the next message. So many less one follow as {@link #advance} is called.
     *
     * @param messages how many messages in all, at least 1
     */
    void play(long messages);

    /**
     * Works on the game, or gives the thread that does some time. To be called until all messages have arrived.
     *
     * @return messages that have arrived since the beginning; what they left behind is visible to the caller
     */
    long advance();

    @Override
    void close();
}
