package dev.maar.transport.mesh;

/** Takes how far the subscriber of a route has finished. For one thread at a time; allocates nothing and takes no lock. */
public interface Progress {

    /**
     * The subscriber has finished with everything up to a position.
     *
     * @param position in the publisher's log, in bytes
     * @param now whether the publisher may be waiting for it; otherwise it is told within some milliseconds, and newer positions in its
     *     place
     */
    void finished(long position, boolean now);
}
