package dev.maar.coordinator.cli;

import java.time.Duration;

/** The time that is left, in words. */
final class Left {

    private static final long SECONDS_OF_LONG = 90;

    private Left() {}

    /** For example {@code , about 3 min left}. */
    static String words(final Duration left) {
        final long seconds = left.toSeconds();
        return ", about " + (seconds < SECONDS_OF_LONG ? Math.max(1, seconds) + " s" : (seconds + 30) / 60 + " min")
                + " left";
    }
}
