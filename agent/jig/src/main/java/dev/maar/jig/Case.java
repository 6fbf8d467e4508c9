package dev.maar.jig;

import java.util.Map;
import java.util.TreeMap;

/**
 * One setting of a jig, such as transport=shm, payloadBytes=64, and the seed for everything random in it. Immutable.
 *
 * @param settings the values by name, as the manifest's {@code cases} give them
 * @param seed the seed; the same on both sides
 */
public record Case(Map<String, String> settings, long seed) {

    /** Copies the settings, in the order of their names. */
    public Case {
        settings = java.util.Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /**
     * The value of a setting.
     *
     * @param name the setting's name
     * @return its value
     * @throws IllegalArgumentException when the case has no such setting
     */
    public String get(final String name) {
        final String value = settings.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the case has no setting '" + name + "'; it has " + settings.keySet());
        }
        return value;
    }

    /**
     * The value of a setting, or a default.
     *
     * @param name the setting's name
     * @param otherwise what to return when the case has no such setting
     * @return the value
     */
    public String get(final String name, final String otherwise) {
        return settings.getOrDefault(name, otherwise);
    }

    /**
     * The value of a setting as a whole number.
     *
     * @param name the setting's name
     * @return its value
     * @throws IllegalArgumentException when the case has no such setting or it is no whole number
     */
    public int getInt(final String name) {
        final String value = get(name);
        try {
            return Integer.parseInt(value);
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException("setting '" + name + "' is not a whole number: " + value, e);
        }
    }
}
