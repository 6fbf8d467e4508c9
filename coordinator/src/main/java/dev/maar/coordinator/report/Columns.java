package dev.maar.coordinator.report;

import java.util.ArrayList;
import java.util.List;

/** Lays out rows of a terminal table: texts to the left, numbers aligned at the decimal point. Pure functions. */
final class Columns {

    private static final int FIRST_WIDE = 0x1100;

    private Columns() {}

    /**
     * Pads each column to one width, numbers so that their decimal points stand below each other.
     *
     * @param rows the rows, all of one length, the first of them the titles
     * @param numeric the columns that hold numbers
     * @return the rows, padded
     */
    static List<List<String>> align(final List<List<String>> rows, final List<Integer> numeric) {
        final List<List<String>> aligned = new ArrayList<>();
        rows.forEach(row -> aligned.add(new ArrayList<>(row)));
        final int columns = rows.isEmpty() ? 0 : rows.get(0).size();
        for (int column = 0; column < columns; column++) {
            if (numeric.contains(column)) {
                alignPoints(aligned.subList(1, aligned.size()), column);
            }
            pad(aligned, column, numeric.contains(column));
        }
        return aligned;
    }

    private static void alignPoints(final List<List<String>> rows, final int column) {
        int before = 0;
        for (final List<String> row : rows) {
            before = Math.max(before, pointOf(row.get(column)));
        }
        for (final List<String> row : rows) {
            final String text = row.get(column);
            row.set(column, " ".repeat(before - pointOf(text)) + text);
        }
        pad(rows, column, false);
    }

    /** Where the decimal point is, or would be: after the last digit of the first number, or at the end of a text without digits. */
    private static int pointOf(final String text) {
        int at = 0;
        while (at < text.length() && "+-,0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at == 0 ? text.length() : at;
    }

    private static void pad(final List<List<String>> rows, final int column, final boolean left) {
        int widest = 0;
        for (final List<String> row : rows) {
            widest = Math.max(widest, width(row.get(column)));
        }
        for (final List<String> row : rows) {
            final String text = row.get(column);
            final String space = " ".repeat(widest - width(text));
            row.set(column, left ? space + text : text + space);
        }
    }

    /**
     * How many columns of a terminal a text takes. Wide scripts count two for each character, never too few.
     *
     * @param text a clean text
     * @return its width
     */
    static int width(final String text) {
        return text.codePoints().map(Columns::widthOf).sum();
    }

    private static int widthOf(final int point) {
        return point >= FIRST_WIDE && (point < 0x2000 || point > 0x22ff) ? 2 : 1;
    }

    /**
     * Cuts a text to a width, in the middle, where names differ least.
     *
     * @param text a clean text
     * @param most the width
     * @return the text, or its beginning and its end with two dots between
     */
    static String cutMiddle(final String text, final int most) {
        if (width(text) <= most) {
            return text;
        }
        final int half = Math.max(1, (most - 2) / 2);
        return head(text, most - 2 - half) + ".." + tail(text, half);
    }

    private static String head(final String text, final int most) {
        final StringBuilder head = new StringBuilder();
        int width = 0;
        for (final int point : text.codePoints().toArray()) {
            width += widthOf(point);
            if (width > most) {
                break;
            }
            head.appendCodePoint(point);
        }
        return head.toString();
    }

    private static String tail(final String text, final int most) {
        final String reversed = new StringBuilder(text).reverse().toString();
        return new StringBuilder(head(reversed, most)).reverse().toString();
    }

    /**
     * Breaks a text into lines at spaces.
     *
     * @param text a clean text
     * @param most the width of a line
     * @param indent what every line after the first begins with
     * @param end what every line but the last ends with
     * @return the lines; a word wider than a line is left whole
     */
    static List<String> wrap(final String text, final int most, final String indent, final String end) {
        final List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (final String word : text.split(" ")) {
            if (line.length() > indent.length() && width(line.toString()) + 1 + width(word) + end.length() > most) {
                lines.add(line + end);
                line = new StringBuilder(indent);
            }
            line.append(line.length() == 0 || line.toString().equals(indent) ? "" : " ")
                    .append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
