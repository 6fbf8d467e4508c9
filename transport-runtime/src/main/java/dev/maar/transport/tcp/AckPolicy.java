package dev.maar.transport.tcp;

import java.util.concurrent.TimeUnit;

/**
 * When the sender is told how far the readers are. Telling costs about as much as a message, so several messages are told
 * of at once, but never so many that a writer with a full window would wait for it: an eighth of the log's bytes, a
 * quarter of the messages that may be in flight, and in any case soon. For one thread at a time.
 */
final class AckPolicy {

    private static final long SOON_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final int MARKS = 16;

    private final int messages;
    private final int bytes;
    private final long[] marks = new long[MARKS];

    private long firstMark;
    private long nextMark;
    private int sinceMark;
    private long lastEnd;
    private long told;
    private long pendingSince;
    private boolean pending;

    /** For a log of which at most {@code bound} messages may be in flight. */
    AckPolicy(final int bound, final int termLength, final long position) {
        this.messages = Math.max(1, bound / 4);
        this.bytes = termLength / 8;
        this.lastEnd = position;
        this.told = position;
    }

    /** A message ends there. */
    void onMessage(final long end) {
        if (end <= lastEnd) {
            return;
        }
        lastEnd = end;
        sinceMark++;
        if (sinceMark >= messages && nextMark - firstMark < MARKS) {
            sinceMark = 0;
            marks[(int) nextMark & (MARKS - 1)] = end;
            nextMark++;
        }
    }

    /** Whether it is time to tell that the readers have finished everything up to there. */
    boolean isDue(final long consumed, final long now) {
        if (consumed <= told) {
            return false;
        }
        if (consumed - told >= bytes || (firstMark < nextMark && consumed >= marks[(int) firstMark & (MARKS - 1)])) {
            return true;
        }
        if (!pending) {
            pending = true;
            pendingSince = now;
        }
        return now - pendingSince >= SOON_NANOS;
    }

    /** The sender has been told. */
    void told(final long consumed) {
        told = consumed;
        pending = false;
        while (firstMark < nextMark && marks[(int) firstMark & (MARKS - 1)] <= consumed) {
            firstMark++;
        }
    }

    /** Where the sender last heard that the readers are. */
    long told() {
        return told;
    }
}
