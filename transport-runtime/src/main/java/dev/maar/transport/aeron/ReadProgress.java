package dev.maar.transport.aeron;

/** Takes how far a reader has finished, where the writer can not see it itself. For the reading thread. */
public interface ReadProgress {

    /**
     * The reader has finished with everything up to a position.
     *
     * @param position in the log, in bytes
     * @param now whether the writer may be waiting for it; otherwise there is time for more
     */
    void finished(long position, boolean now);
}
