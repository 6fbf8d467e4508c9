package dev.maar.adopters.hotpath;

/** Two ends that send each other messages, one in flight. Played by one thread. */
interface PingPong extends AutoCloseable {

    /**
     * Sends the first ping of so many round trips. The others follow as {@link #advance} is called.
     *
     * @param trips how many round trips, at least 1
     */
    void play(long trips);

    /**
     * Works on the round trips, or gives the thread that does some time. To be called until all are complete.
     *
     * @return round trips complete since the beginning; what they left behind is visible to the caller
     */
    long advance();

    @Override
    void close();
}
