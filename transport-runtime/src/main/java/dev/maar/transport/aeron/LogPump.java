package dev.maar.transport.aeron;

/**
 * What moves a log's bytes on. The writing thread calls it, because moving them there saves waking another thread. May be
 * called by one thread at a time for each log; never waits.
 */
public interface LogPump {

    /** A frame has been written. */
    void onWritten();

    /** The writer has no room: whoever has finished with messages may have said so by now. */
    void onFull();
}
