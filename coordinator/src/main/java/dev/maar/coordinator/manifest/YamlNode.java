package dev.maar.coordinator.manifest;

import java.util.List;

/** A piece of YAML that knows its line. Immutable. */
sealed interface YamlNode {

    /** The line it begins on, from 1. */
    int line();

    /** What it is, in the words of an error message. */
    String kind();

    /** The kinds of scalars that YAML tells apart. */
    enum ScalarKind {
        TEXT("a text"),
        INTEGER("a whole number"),
        DECIMAL("a number"),
        BOOLEAN("true or false"),
        EMPTY("nothing");

        private final String words;

        ScalarKind(final String words) {
            this.words = words;
        }
    }

    /**
     * A text, number, truth value or nothing.
     *
     * @param line the line
     * @param text as written; whole numbers in decimal
     * @param scalarKind which of these
     */
    record Scalar(int line, String text, ScalarKind scalarKind) implements YamlNode {
        @Override
        public String kind() {
            return scalarKind.words;
        }
    }

    /**
     * A list.
     *
     * @param line the line
     * @param items its items
     */
    record Sequence(int line, List<YamlNode> items) implements YamlNode {
        /** Copies the list. */
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /**
     * Keys with values, each key once.
     *
     * @param line the line
     * @param entries the entries in their order
     */
    record Mapping(int line, List<Entry> entries) implements YamlNode {
        /** Copies the list. */
        public Mapping {
            entries = List.copyOf(entries);
        }

        @Override
        public String kind() {
            return "a mapping";
        }
    }

    /**
     * A key with its value.
     *
     * @param key the key
     * @param line the key's line
     * @param value the value
     */
    record Entry(String key, int line, YamlNode value) {}
}
