package dev.maar.coordinator.manifest;

import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and sizes as manifests write them. Pure functions. */
final class Amounts {

    /** How a duration is written; also in the JSON Schema. */
    static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,8})(ms|s|m|h)");

    /** How a size is written; also in the JSON Schema. */
    static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,8})([kmg])");

    private static final Map<String, Long> MILLIS = Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);
    private static final Map<String, Long> BYTES = Map.of("k", 1L << 10, "m", 1L << 20, "g", 1L << 30);

    private Amounts() {}

    /**
     * Reads a duration.
     *
     * @param text for example {@code 10m}, {@code 5s}, {@code 500ms}
     * @return milliseconds; empty when it is none
     */
    static OptionalLong millis(final String text) {
        return amount(DURATION, MILLIS, text);
    }

    /**
     * Reads a size.
     *
     * @param text for example {@code 2g}, {@code 512m}; powers of 1,024
     * @return bytes; empty when it is none
     */
    static OptionalLong bytes(final String text) {
        return amount(SIZE, BYTES, text);
    }

    private static OptionalLong amount(final Pattern pattern, final Map<String, Long> units, final String text) {
        final Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(matcher.group(1)) * units.getOrDefault(matcher.group(2), 1L));
    }
}
