package dev.maar.transport;

/** What is counted for each transport. */
enum Count {
    SENT,
    BYTES_SENT,
    RECEIVED,
    BYTES_RECEIVED,
    BACK_PRESSURED,
    DROPPED
}
