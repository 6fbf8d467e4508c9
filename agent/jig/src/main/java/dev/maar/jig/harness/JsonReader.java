package dev.maar.jig.harness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON text (RFC 8259), strictly: nothing before or after it, no key twice, no nesting deeper than
 * {@value #MOST_DEPTH}. An object becomes a Map, an array a List, a string a String, a whole number that fits a Long, any
 * other number a Double, true and false a Boolean, and null {@link Null#NULL}. For one text and one thread.
 */
final class JsonReader {

    static final int MOST_DEPTH = 32;

    private final String text;
    private int at;

    private JsonReader(final String text) {
        this.text = text;
    }

    /** JSON's null, so that no Java null is needed. */
    enum Null {
        NULL
    }

    /**
     * Reads a text that is an object.
     *
     * @param text the JSON
     * @return its members in their order
     * @throws JsonException when the text is not one JSON object
     */
    static Map<String, Object> object(final String text) throws JsonException {
        final JsonReader reader = new JsonReader(text);
        reader.space();
        if (reader.peek() != '{') {
            throw reader.bad("an object was expected");
        }
        final Map<String, Object> object = reader.members(1);
        reader.space();
        if (reader.at != text.length()) {
            throw reader.bad("something follows the object");
        }
        return object;
    }

    private Object value(final int depth) throws JsonException {
        if (depth > MOST_DEPTH) {
            throw bad("nested too deeply");
        }
        switch (peek()) {
            case '{':
                return members(depth);
            case '[':
                return elements(depth);
            case '"':
                return string();
            case 't':
                return word("true", Boolean.TRUE);
            case 'f':
                return word("false", Boolean.FALSE);
            case 'n':
                return word("null", Null.NULL);
            default:
                return number();
        }
    }

    private Map<String, Object> members(final int depth) throws JsonException {
        final Map<String, Object> members = new LinkedHashMap<>();
        at++;
        space();
        if (peek() == '}') {
            at++;
            return members;
        }
        while (true) {
            space();
            final String key = string();
            space();
            expect(':');
            space();
            if (members.put(key, value(depth + 1)) != null) {
                throw bad("the key '" + key + "' is there twice");
            }
            space();
            if (peek() == '}') {
                at++;
                return members;
            }
            expect(',');
        }
    }

    private List<Object> elements(final int depth) throws JsonException {
        final List<Object> elements = new ArrayList<>();
        at++;
        space();
        if (peek() == ']') {
            at++;
            return elements;
        }
        while (true) {
            space();
            elements.add(value(depth + 1));
            space();
            if (peek() == ']') {
                at++;
                return elements;
            }
            expect(',');
        }
    }

    private String string() throws JsonException {
        expect('"');
        final StringBuilder out = new StringBuilder();
        while (true) {
            final char c = next();
            if (c == '"') {
                return out.toString();
            } else if (c == '\\') {
                out.append(escaped());
            } else if (c < ' ') {
                throw bad("a control character in a string");
            } else {
                out.append(c);
            }
        }
    }

    private char escaped() throws JsonException {
        final char c = next();
        switch (c) {
            case '"':
            case '\\':
            case '/':
                return c;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u':
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    final char hex = next();
                    final int digit = hex < 128 ? Character.digit(hex, 16) : -1;
                    if (digit < 0) {
                        throw bad("\\u wants four hexadecimal digits");
                    }
                    code = code * 16 + digit;
                }
                return (char) code;
            default:
                throw bad("no such escape: \\" + c);
        }
    }

    private Object number() throws JsonException {
        final int start = at;
        if (peek() == '-') {
            at++;
        }
        final int whole = at;
        digits();
        if (text.charAt(whole) == '0' && at > whole + 1) {
            throw bad("a number starts with 0");
        }
        boolean fraction = false;
        if (at < text.length() && text.charAt(at) == '.') {
            fraction = true;
            at++;
            digits();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            fraction = true;
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
        }
        final String number = text.substring(start, at);
        if (!fraction) {
            try {
                return Long.valueOf(number);
            } catch (final NumberFormatException e) {
                return Double.valueOf(number);
            }
        }
        return Double.valueOf(number);
    }

    private void digits() throws JsonException {
        final int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start) {
            throw bad("a value was expected");
        }
    }

    private Object word(final String word, final Object meaning) throws JsonException {
        if (!text.startsWith(word, at)) {
            throw bad("a value was expected");
        }
        at += word.length();
        return meaning;
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() throws JsonException {
        if (at >= text.length()) {
            throw bad("it ends too early");
        }
        return text.charAt(at);
    }

    private char next() throws JsonException {
        final char c = peek();
        at++;
        return c;
    }

    private void expect(final char c) throws JsonException {
        if (peek() != c) {
            throw bad("'" + c + "' was expected");
        }
        at++;
    }

    private JsonException bad(final String what) {
        return new JsonException("not valid JSON at character " + at + ": " + what);
    }
}
