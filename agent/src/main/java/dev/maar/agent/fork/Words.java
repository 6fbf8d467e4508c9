package dev.maar.agent.fork;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Makes what a foreign program wrote fit to be quoted: short, one line, no control characters. Stateless. */
final class Words {

    private static final int QUOTE = 200;
    private static final int TAIL_BYTES = 4096;
    private static final int TAIL_LINES = 6;

    private Words() {}

    /** The text, shortened to {@value #QUOTE} characters, with a dot for each character that does not print. */
    static String quoted(final String text) {
        return "\"" + clean(text, QUOTE) + "\"";
    }

    static String clean(final String text, final int most) {
        final StringBuilder out = new StringBuilder();
        text.codePoints()
                .limit(most)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '.' : c)
                .forEach(out::appendCodePoint);
        return text.codePointCount(0, text.length()) > most ? out + "..." : out.toString();
    }

    /** The last lines of a log, in one line; empty when there are none. */
    static String tail(final Path log) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            final long start = Math.max(0, file.length() - TAIL_BYTES);
            final byte[] bytes = new byte[(int) (file.length() - start)];
            file.seek(start);
            file.readFully(bytes);
            final List<String> lines = new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            return lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()).stream()
                    .map(line -> clean(line.strip(), QUOTE))
                    .reduce((a, b) -> a + " | " + b)
                    .orElse("");
        } catch (final IOException e) {
            return "";
        }
    }
}
