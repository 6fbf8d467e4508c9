package dev.maar.transport.bench;

/** How messages go. */
enum Pattern {
    /** There and back, one at a time; the time is that of both ways. */
    ROUND_TRIP("round trip", 1),
    /** As many as there is room for, until the far end says that the last has come; the time is that of one message. */
    ONE_WAY("one way", 10);

    private final String label;
    private final int batchMillis;

    Pattern(final String label, final int batchMillis) {
        this.label = label;
        this.batchMillis = batchMillis;
    }

    String label() {
        return label;
    }

    /** How long a batch of messages, which gives one time, should take at the least. */
    long batchNanos() {
        return batchMillis * 1_000_000L;
    }
}
