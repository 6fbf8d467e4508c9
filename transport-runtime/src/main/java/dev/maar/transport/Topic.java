package dev.maar.transport;

import java.util.Objects;

/**
 * A named stream of messages of one type. Publishers and subscribers of the same name meet; they have to agree on the
 * codec. Immutable.
 *
 * @param <T> the type of the messages
 */
public final class Topic<T> {

    /** The longest name in characters. */
    public static final int MAX_NAME_LENGTH = 200;

    private final String name;
    private final Codec<T> codec;

    private Topic(final String name, final Codec<T> codec) {
        this.name = name;
        this.codec = codec;
    }

    /**
     * Names a topic.
     *
     * @param name 1 to {@value #MAX_NAME_LENGTH} characters, no control characters
     * @param codec how messages become bytes when they leave the runtime
     * @return the topic
     * @param <T> the type of the messages
     * @throws IllegalArgumentException when the name is empty, too long or has control characters
     */
    public static <T> Topic<T> of(final String name, final Codec<T> codec) {
        Objects.requireNonNull(codec, "codec");
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH) {
            throw new IllegalArgumentException(
                    "a topic's name has 1 to " + MAX_NAME_LENGTH + " characters, not " + name.length());
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a topic's name has no control characters: " + name.strip());
        }
        return new Topic<>(name, codec);
    }

    /**
     * What publishers and subscribers meet by.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * How messages become bytes.
     *
     * @return the codec
     */
    public Codec<T> codec() {
        return codec;
    }

    @Override
    public String toString() {
        return name;
    }
}
