package dev.maar.jig.harness;

import java.util.Map;

/** Writes JSON objects of strings, whole numbers, truth values and further such objects, in one line. Stateless. */
final class JsonWriter {

    private JsonWriter() {}

    /**
     * An object as JSON.
     *
     * @param members its members; a value is a String, Long, Integer, Boolean or again such a map
     * @return the text, without a line break
     * @throws IllegalArgumentException for a value of another type
     */
    static String line(final Map<String, ?> members) {
        final StringBuilder out = new StringBuilder(128);
        write(members, out);
        return out.toString();
    }

    private static void write(final Map<?, ?> members, final StringBuilder out) {
        out.append('{');
        boolean first = true;
        for (final Map.Entry<?, ?> member : members.entrySet()) {
            if (!first) {
                out.append(',');
            }
            first = false;
            write(String.valueOf(member.getKey()), out);
            out.append(':');
            value(member.getValue(), out);
        }
        out.append('}');
    }

    private static void value(final Object value, final StringBuilder out) {
        if (value instanceof String text) {
            write(text, out);
        } else if (value instanceof Long || value instanceof Integer || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof Map<?, ?> map) {
            write(map, out);
        } else {
            throw new IllegalArgumentException("not written here: " + value);
        }
    }

    private static void write(final String text, final StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c >= 127) {
                // Plain ASCII on the wire: no question of encodings on either end, and lone surrogates survive.
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
