package dev.maar.coordinator.manifest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes the values out of one mapping, and reports each that is missing, of the wrong type, or not known. A value that is wrong
 * is reported and read as empty, so that one pass finds every mistake. Not thread-safe.
 */
final class Fields {

    private final YamlNode.Mapping mapping;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();

    Fields(final YamlNode.Mapping mapping, final Problems problems) {
        this.mapping = mapping;
        this.problems = problems;
    }

    Problems problems() {
        return problems;
    }

    int line() {
        return mapping.line();
    }

    /** The line of a key, or of the mapping when it has no such key. */
    int line(final String key) {
        return find(key).map(YamlNode.Entry::line).orElse(mapping.line());
    }

    boolean has(final String key) {
        return find(key).isPresent();
    }

    /** A value that may be absent. */
    Optional<YamlNode> optional(final String key) {
        known.add(key);
        return find(key).map(YamlNode.Entry::value);
    }

    /** A value that must be there. */
    Optional<YamlNode> required(final String key, final String example) {
        final Optional<YamlNode> value = optional(key);
        if (value.isEmpty()) {
            problems.add(
                    mapping.line(), "'" + key + "' is missing; add it, for example '" + key + ": " + example + "'");
        }
        return value;
    }

    /** A text that must be there and follow a rule. */
    String text(final String key, final TextRule rule) {
        return required(key, rule.example())
                .map(node -> text("'" + key + "'", node, rule))
                .orElse("");
    }

    /** A text that may be absent; then it is empty. */
    String optionalText(final String key, final TextRule rule) {
        return optional(key).map(node -> text("'" + key + "'", node, rule)).orElse("");
    }

    /** A list of texts that may be absent; then it is empty. No text may be there twice. */
    List<String> distinctTexts(final String key, final TextRule rule) {
        final List<String> texts = optionalTexts(key, rule);
        reportRepeats(key, texts);
        return texts;
    }

    /** Reports each text that a list has more than once. */
    void reportRepeats(final String key, final List<String> texts) {
        final Set<String> seen = new HashSet<>();
        for (final String text : texts) {
            if (!text.isEmpty() && !seen.add(text)) {
                problems.add(line(key), "'" + key + "' has '" + text + "' twice; keep one of them");
            }
        }
    }

    /** A list of texts that may be absent; then it is empty. */
    List<String> optionalTexts(final String key, final TextRule rule) {
        return optional(key).map(node -> texts(key, node, rule)).orElse(List.of());
    }

    /** A list of at least one text that must be there. */
    List<String> texts(final String key, final TextRule rule) {
        final Optional<YamlNode> value = required(key, "[" + rule.example() + "]");
        final List<String> texts = value.map(node -> texts(key, node, rule)).orElse(List.of());
        if (value.isPresent()
                && value.get() instanceof YamlNode.Sequence list
                && list.items().isEmpty()) {
            problems.add(list.line(), "'" + key + "' is empty; write at least one, such as [" + rule.example() + "]");
        }
        return texts;
    }

    /** The mapping under a key, which must be there. */
    <T> Optional<T> mapping(final String key, final String example, final Function<Fields, T> reader) {
        return required(key, example).flatMap(node -> mapping(key, node, example, reader));
    }

    /** The mapping under a key, which may be absent. */
    <T> Optional<T> optionalMapping(final String key, final String example, final Function<Fields, T> reader) {
        return optional(key).flatMap(node -> mapping(key, node, example, reader));
    }

    /** A list of mappings, which may be absent. */
    <T> List<T> mappings(final String key, final String example, final Function<Fields, T> reader) {
        final Optional<YamlNode> value = optional(key);
        if (value.isEmpty()) {
            return List.of();
        }
        if (!(value.get() instanceof YamlNode.Sequence list)) {
            problems.add(value.get().line(), "'" + key + "' is " + value.get().kind() + "; write a list: " + example);
            return List.of();
        }
        final List<T> read = new ArrayList<>();
        for (final YamlNode item : list.items()) {
            mapping("an item of '" + key, item, example, reader).ifPresent(read::add);
        }
        return read;
    }

    /**
     * The one key of several that a mapping has.
     *
     * @param choices the keys
     * @param what what the mapping says, for the message
     * @return the key; empty, and reported, when it has none or more than one
     */
    Optional<String> oneOf(final List<String> choices, final String what) {
        known.addAll(choices);
        final List<String> present = choices.stream().filter(this::has).toList();
        final String names = choices.stream().collect(Collectors.joining(", "));
        if (present.isEmpty()) {
            problems.add(mapping.line(), what + " says nothing; write one of " + names);
        } else if (present.size() > 1) {
            problems.add(
                    line(present.get(1)),
                    what + " has both '" + present.get(0) + "' and '" + present.get(1) + "'; keep one of " + names);
        }
        return present.size() == 1 ? Optional.of(present.get(0)) : Optional.empty();
    }

    /** {@code none: true}; anything else under the key is a mistake. */
    void none(final String key) {
        final Optional<YamlNode> value = optional(key);
        final boolean said = value.isPresent()
                && value.get() instanceof YamlNode.Scalar scalar
                && scalar.scalarKind() == YamlNode.ScalarKind.BOOLEAN
                && scalar.text().equalsIgnoreCase("true");
        if (!said) {
            problems.add(line(key), "'" + key + "' can only be true; write '{" + key + ": true}' or leave it out");
        }
    }

    /** Reports every key that was never asked for. */
    void finish() {
        for (final YamlNode.Entry entry : mapping.entries()) {
            if (!known.contains(entry.key())) {
                problems.add(
                        entry.line(),
                        "unknown key '" + Shown.text(entry.key()) + "'; "
                                + NearMatch.hint(entry.key(), known, "the keys here are"));
            }
        }
    }

    private <T> Optional<T> mapping(
            final String key, final YamlNode node, final String example, final Function<Fields, T> reader) {
        if (!(node instanceof YamlNode.Mapping inner)) {
            final String shown = key.startsWith("an item of '") ? key + "'" : "'" + key + "'";
            problems.add(node.line(), shown + " is " + node.kind() + "; write " + example);
            return Optional.empty();
        }
        final Fields fields = new Fields(inner, problems);
        final T read = reader.apply(fields);
        fields.finish();
        return Optional.of(read);
    }

    private List<String> texts(final String key, final YamlNode node, final TextRule rule) {
        if (!(node instanceof YamlNode.Sequence list)) {
            problems.add(
                    node.line(),
                    "'" + key + "' is " + node.kind() + "; write a list, such as [" + rule.example() + "]");
            return List.of();
        }
        return list.items().stream()
                .map(item -> text("an item of '" + key + "'", item, rule))
                .toList();
    }

    /** Reads a scalar by a rule; a mistake is reported and gives an empty text. */
    String text(final String what, final YamlNode node, final TextRule rule) {
        if (!(node instanceof YamlNode.Scalar scalar) || !rule.kinds().contains(scalar.scalarKind())) {
            final boolean quotable = node instanceof YamlNode.Scalar scalar
                    && scalar.scalarKind() != YamlNode.ScalarKind.EMPTY
                    && rule.kinds().contains(YamlNode.ScalarKind.TEXT);
            problems.add(
                    node.line(),
                    what + " is " + node.kind() + "; "
                            + (quotable ? "put it in quotes" : "write " + rule.what() + ", such as " + rule.example()));
            return "";
        }
        if (!rule.pattern().matcher(scalar.text()).matches()) {
            problems.add(
                    node.line(),
                    what + " is '" + Shown.text(scalar.text()) + "'; write " + rule.what() + ", such as "
                            + rule.example());
            return "";
        }
        return scalar.text();
    }

    private Optional<YamlNode.Entry> find(final String key) {
        return mapping.entries().stream()
                .filter(entry -> entry.key().equals(key))
                .findFirst();
    }
}
