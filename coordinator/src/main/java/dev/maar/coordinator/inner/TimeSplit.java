package dev.maar.coordinator.inner;

import java.util.Locale;

/**
 * Where the time from an edit to the first line about it went, in milliseconds. The parts add up to the whole but for what is between them.
 *
 * @param all from the edit (or the start of the command) to the line
 * @param planning noticing the edit, taking a snapshot, drawing the pairs
 * @param building both sides
 * @param waiting for a quiet machine
 * @param starting forks, until the jig is set up
 * @param warmUp of both forks
 * @param measuring the rounds that count
 * @param ending forks
 */
public record TimeSplit(
        long all, long planning, long building, long waiting, long starting, long warmUp, long measuring, long ending) {

    /**
     * In words.
     *
     * @return for example {@code 5.4 s: planning 0.2, building 0.3, starting 1.6, warm-up 2.1, measuring 1.1, ending 0.1}
     */
    public String words() {
        return String.format(
                Locale.ROOT,
                "%.1f s: planning %.1f, building %.1f, waiting %.1f, starting %.1f, warm-up %.1f, measuring %.1f, ending %.1f",
                all / 1000.0,
                planning / 1000.0,
                building / 1000.0,
                waiting / 1000.0,
                starting / 1000.0,
                warmUp / 1000.0,
                measuring / 1000.0,
                ending / 1000.0);
    }
}
