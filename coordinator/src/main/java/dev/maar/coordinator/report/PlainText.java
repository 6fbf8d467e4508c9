package dev.maar.coordinator.report;

import java.util.regex.Pattern;

/**
 * Texts from manifests, tests, compilers and forks as a reader may be shown them. They are not to be trusted: what a terminal would
 * obey, what would turn the reading direction, and what no document may hold is taken out here, before each writer escapes by its
 * own rules. Pure functions.
 */
final class PlainText {

    /** ANSI escape sequences: CSI, OSC up to its end, and two-character ones. */
    private static final Pattern ESCAPES = Pattern.compile(
            "\\x1b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\\x07\\x1b]*(?:\\x07|\\x1b\\\\)?|[@-Z\\\\^_])|\\x9b[0-?]*[ -/]*[@-~]");

    private static final int NEW_LINE = '\n';

    private PlainText() {}

    /**
     * One line.
     *
     * @param text any text
     * @param most how many characters to show; longer texts are cut and end with three dots
     * @return the text without line breaks and control characters
     */
    static String line(final String text, final int most) {
        return cut(clean(head(text, most)).replaceAll("\\s+", " ").strip(), most);
    }

    /**
     * Several lines.
     *
     * @param text any text
     * @param most how many characters to show; longer texts are cut and end with three dots
     * @return the text with line breaks and without other control characters
     */
    static String lines(final String text, final int most) {
        return cut(clean(head(text, most)).stripTrailing(), most);
    }

    /** Enough of a text to show so much of it after cleaning, so that a text of many megabytes costs nothing. */
    private static String head(final String text, final int most) {
        final long wanted = 4L * most + 4096;
        return text.length() > wanted ? text.substring(0, (int) wanted) : text;
    }

    private static String clean(final String text) {
        final StringBuilder clean = new StringBuilder(text.length());
        ESCAPES.matcher(text.replace("\r\n", "\n").replace('\r', '\n'))
                .replaceAll("")
                .codePoints()
                .forEach(point -> {
                    if (point == '\t') {
                        clean.append("    ");
                    } else if (point == NEW_LINE || !isHarmful(point)) {
                        clean.appendCodePoint(point);
                    } else {
                        clean.append('\ufffd');
                    }
                });
        return clean.toString();
    }

    private static boolean isHarmful(final int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static String cut(final String text, final int most) {
        if (text.codePointCount(0, text.length()) <= most) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, Math.max(0, most - 3))) + "...";
    }
}
