package dev.maar.transport;

import java.nio.ByteBuffer;

/**
 * Counts of one end of one link, in a row of a {@link CounterFile}. Each count is written by one thread, without waiting
 * and without being torn, and is read by any thread or process.
 */
final class Tally {

    private final Cells rows;
    private final int offset;
    private final Transport transport;

    private long sent;
    private long bytesSent;
    private long received;
    private long bytesReceived;
    private long backPressured;
    private long dropped;

    /** Goes on counting from what the row at that offset holds. */
    Tally(final ByteBuffer rows, final int offset, final Transport transport) {
        this.rows = Cells.of(rows);
        this.offset = offset;
        this.transport = transport;
        this.sent = get(Count.SENT);
        this.bytesSent = get(Count.BYTES_SENT);
        this.received = get(Count.RECEIVED);
        this.bytesReceived = get(Count.BYTES_RECEIVED);
        this.backPressured = get(Count.BACK_PRESSURED);
        this.dropped = get(Count.DROPPED);
    }

    /** What carries what is counted here. */
    Transport transport() {
        return transport;
    }

    int offset() {
        return offset;
    }

    void sent(final long size) {
        put(Count.SENT, ++sent);
        bytesSent += size;
        put(Count.BYTES_SENT, bytesSent);
    }

    void received(final long size) {
        put(Count.RECEIVED, ++received);
        bytesReceived += size;
        put(Count.BYTES_RECEIVED, bytesReceived);
    }

    void backPressured() {
        put(Count.BACK_PRESSURED, ++backPressured);
    }

    void dropped() {
        dropped(1);
    }

    void dropped(final long messages) {
        dropped += messages;
        put(Count.DROPPED, dropped);
    }

    /** From any thread. */
    long get(final Count count) {
        return rows.get(offset + count.offset());
    }

    /** Adds the counts of another row that is not written to any more. */
    void addAll(final Tally other) {
        for (final Count count : Count.values()) {
            put(count, get(count) + other.get(count));
        }
    }

    private void put(final Count count, final long value) {
        rows.put(offset + count.offset(), value);
    }
}
