package dev.maar.transport.aeron;

import io.aeron.Counter;

/** How far a reader on another host has finished with a log, as far as is known here. For one thread, but to close. */
public final class RemotePosition implements AutoCloseable {

    static final int TYPE_ID = 1_101;

    private final Counter counter;

    RemotePosition(final Counter counter) {
        this.counter = counter;
    }

    /**
     * By which counter the log's writer has to be told of the reader.
     *
     * @return the counter's id
     */
    public int positionId() {
        return counter.id();
    }

    /**
     * The reader has finished with everything up to a position. A position before the last one changes nothing.
     *
     * @param position in the log, in bytes
     */
    public void finished(final long position) {
        if (!counter.isClosed() && position > counter.get()) {
            counter.setRelease(position);
        }
    }

    /**
     * Up to where the reader has finished.
     *
     * @return a position in the log, in bytes
     */
    public long get() {
        return counter.get();
    }

    /** Gives the counter back. */
    @Override
    public void close() {
        counter.close();
    }
}
