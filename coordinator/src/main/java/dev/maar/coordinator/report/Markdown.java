package dev.maar.coordinator.report;

/**
 * Texts that are not to be trusted, as GitHub's Markdown may hold them: nothing in them becomes markup, a mention, a reference, a link
 * or the end of a table cell. Pure functions.
 */
final class Markdown {

    private static final String SPECIAL = "\\`*_{}[]#|~!^$";
    private static final char APART = '\u200b';

    private Markdown() {}

    /**
     * A code span: mentions, references and links do nothing inside one.
     *
     * @param text any text
     * @param most how many characters to show
     * @return the span; a hyphen when there is no text
     */
    static String code(final String text, final int most) {
        final String line = PlainText.line(text, most);
        if (line.isEmpty()) {
            return Numbers.ABSENT;
        }
        final String fence = "`".repeat(longestRun(line) + 1);
        final String pad = line.startsWith("`") || line.endsWith("`") ? " " : "";
        // GitHub's tables end a cell at a pipe even inside a code span, unless a backslash comes before it.
        return fence + pad + line.replace("|", "\\|") + pad + fence;
    }

    /**
     * A code block.
     *
     * @param text any text
     * @param most how many characters to show
     * @return the block, with line breaks around it
     */
    static String block(final String text, final int most) {
        final String lines = PlainText.lines(text, most);
        final String fence = "`".repeat(Math.max(3, longestRun(lines) + 1));
        return "\n" + fence + "text\n" + lines + "\n" + fence + "\n";
    }

    /**
     * Plain prose in one line, to stand after other text in its line: what is only markup at the start of a line is left alone.
     *
     * @param text any text
     * @param most how many characters to show
     * @return the text, escaped, with zero-width spaces where a mention, a reference or a link would begin
     */
    static String prose(final String text, final int most) {
        final String line = PlainText.line(text, most);
        final StringBuilder prose = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            final char character = line.charAt(i);
            switch (character) {
                case '<' -> prose.append("&lt;");
                case '>' -> prose.append("&gt;");
                case '&' -> prose.append("&amp;");
                default ->
                    prose.append(SPECIAL.indexOf(character) >= 0 ? "\\" : "").append(character);
            }
            if (beginsSomething(line, i)) {
                prose.append(APART);
            }
        }
        return prose.toString();
    }

    /** Whether what follows this character would be a mention, a reference, an emoji's name, or the rest of a link. */
    private static boolean beginsSomething(final String line, final int at) {
        final char character = line.charAt(at);
        final boolean followed = at + 1 < line.length() && line.charAt(at + 1) != ' ';
        return followed && (character == '@' || character == '#' || character == ':' || line.startsWith("ww.", at - 1));
    }

    private static int longestRun(final String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
