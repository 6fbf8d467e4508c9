package dev.maar.coordinator.manifest;

/** Texts from files as an error message may show them. */
final class Shown {

    private static final int LONGEST = 80;

    private Shown() {}

    /**
     * A text without control characters, cut.
     *
     * @param text any text
     * @return at most 80 characters that no terminal obeys
     */
    static String text(final String text) {
        final StringBuilder shown = new StringBuilder();
        text.codePoints()
                .limit(LONGEST)
                .map(point ->
                        Character.isISOControl(point) || Character.getType(point) == Character.FORMAT ? '?' : point)
                .forEach(shown::appendCodePoint);
        return text.codePointCount(0, text.length()) > LONGEST ? shown + "..." : shown.toString();
    }
}
