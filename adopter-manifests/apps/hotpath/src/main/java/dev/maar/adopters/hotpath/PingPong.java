package dev.maar.adopters.hotpath;

/**
 * Two ends that send each other messages, one in flight. {@link #play} and {@link #completed} are called by one thread,
 * the player's.
 */
interface PingPong extends AutoCloseable {

    /**
     * Sends the first ping of so many round trips. The others follow by themselves, or as {@link #completed} is called.
     *
     * @param trips how many round trips, at least 1
     */
    void play(long trips);

    /**
     * How many round trips are complete, since the beginning. Where the player's thread does the work, this does some.
     *
     * @return round trips; what they left behind is visible to the caller
     */
    long completed();

    @Override
    void close();
}
