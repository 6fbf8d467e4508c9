package dev.maar.transport;

/** What is counted, in the order in which it lies in a row of a {@link CounterFile}. */
enum Count {
    SENT,
    BYTES_SENT,
    RECEIVED,
    BYTES_RECEIVED,
    BACK_PRESSURED,
    DROPPED;

    /** Where it lies in a row, in bytes. */
    private final int offset = CounterFile.COUNTS_OFFSET + ordinal() * Long.BYTES;

    int offset() {
        return offset;
    }
}
