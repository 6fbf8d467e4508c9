package dev.maar.transport;

/** Something that a {@link Dispatcher} does work for, on its thread. */
interface Served {

    /**
     * Does some work.
     *
     * @param limit about how many messages at the most
     * @return how many messages were handled
     */
    int serve(int limit);
}
