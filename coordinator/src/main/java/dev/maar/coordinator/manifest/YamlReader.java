package dev.maar.coordinator.manifest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one YAML document into nodes with lines. What JSON can't say is refused: aliases, several documents, duplicate keys.
 * Not thread-safe.
 */
final class YamlReader {

    private static final YAMLFactory FACTORY = new YAMLFactory();

    private final YAMLParser parser;
    private final Problems problems;

    private YamlReader(final YAMLParser parser, final Problems problems) {
        this.parser = parser;
        this.problems = problems;
    }

    /**
     * Reads a document.
     *
     * @param text the document
     * @param problems where mistakes go
     * @return its top mapping; empty when the text is no YAML or no mapping
     */
    static Optional<YamlNode.Mapping> read(final String text, final Problems problems) {
        try (YAMLParser parser = FACTORY.createParser(text)) {
            return new YamlReader(parser, problems).document();
        } catch (final JsonProcessingException e) {
            problems.add(lineOf(e.getLocation()), "this is no YAML: " + advice(e.getOriginalMessage()));
            return Optional.empty();
        } catch (final IOException e) {
            problems.add(0, "can't be read: " + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<YamlNode.Mapping> document() throws IOException {
        final JsonToken first = parser.nextToken();
        if (first == null) {
            problems.add(0, "the file is empty; a manifest begins with 'kind: subject' or 'kind: adopter'");
            return Optional.empty();
        }
        final YamlNode top = node(first);
        if (parser.nextToken() != null) {
            problems.add(line(), "a second document begins here; write one manifest a file");
        }
        if (top instanceof YamlNode.Mapping mapping) {
            return Optional.of(mapping);
        }
        problems.add(top.line(), "a manifest is a mapping of keys to values, this is " + top.kind());
        return Optional.empty();
    }

    private YamlNode node(final JsonToken token) throws IOException {
        if (parser.isCurrentAlias()) {
            problems.add(line(), "aliases (*" + parser.getText() + ") are not supported; write the value again");
        }
        return switch (token) {
            case START_OBJECT -> mapping();
            case START_ARRAY -> sequence();
            case VALUE_NUMBER_INT ->
                new YamlNode.Scalar(line(), parser.getBigIntegerValue().toString(), YamlNode.ScalarKind.INTEGER);
            case VALUE_NUMBER_FLOAT -> scalar(YamlNode.ScalarKind.DECIMAL);
            case VALUE_TRUE, VALUE_FALSE -> scalar(YamlNode.ScalarKind.BOOLEAN);
            case VALUE_NULL -> new YamlNode.Scalar(line(), "", YamlNode.ScalarKind.EMPTY);
            case VALUE_STRING, VALUE_EMBEDDED_OBJECT -> scalar(YamlNode.ScalarKind.TEXT);
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE ->
                throw new IOException("unexpected " + token + " in line " + line());
        };
    }

    private YamlNode.Scalar scalar(final YamlNode.ScalarKind kind) throws IOException {
        return new YamlNode.Scalar(line(), parser.getText(), kind);
    }

    private YamlNode.Mapping mapping() throws IOException {
        final int line = line();
        final List<YamlNode.Entry> entries = new ArrayList<>();
        final Map<String, Integer> lines = new HashMap<>();
        for (JsonToken token = parser.nextToken(); token == JsonToken.FIELD_NAME; token = parser.nextToken()) {
            final String key = parser.currentName();
            final int keyLine = line();
            final YamlNode value = node(parser.nextToken());
            final Integer before = lines.putIfAbsent(key, keyLine);
            if (before == null) {
                entries.add(new YamlNode.Entry(key, keyLine, value));
            } else {
                problems.add(keyLine, "duplicate key '" + key + "', first in line " + before + "; keep one of them");
            }
        }
        return new YamlNode.Mapping(entries.isEmpty() ? line : entries.get(0).line(), entries);
    }

    private YamlNode.Sequence sequence() throws IOException {
        final int line = line();
        final List<YamlNode> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(node(token));
        }
        return new YamlNode.Sequence(line, items);
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private static int lineOf(final @Nullable JsonLocation location) {
        return location == null ? 0 : Math.max(0, location.getLineNr());
    }

    /** The parser's message is several lines with a picture of the place; its first two say it. */
    private static String advice(final String message) {
        final List<String> lines = message.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("in ") && !line.startsWith("at "))
                .toList();
        final String said = lines.isEmpty() ? "unknown reason" : lines.get(0);
        final boolean quoting = message.contains("cannot start any token");
        final String cause = lines.stream()
                .filter(line ->
                        line.startsWith("found ") || line.startsWith("expected ") || line.startsWith("mapping "))
                .findFirst()
                .orElse(said);
        return cause + (quoting ? "; put the value in quotes" : "; check indentation, colons and quotes");
    }
}
