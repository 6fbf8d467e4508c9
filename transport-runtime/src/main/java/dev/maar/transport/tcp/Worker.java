package dev.maar.transport.tcp;

/** A part of the work of the links' thread. All methods are called on it. */
interface Worker {

    /**
     * Does what can be done without waiting.
     *
     * @param now nanoseconds of the monotonic clock
     * @return how much was done; 0 for nothing
     */
    int work(long now);

    /** Frees everything. */
    void dispose();
}
