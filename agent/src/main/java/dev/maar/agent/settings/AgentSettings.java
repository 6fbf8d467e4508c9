package dev.maar.agent.settings;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The values of an agent's settings. Immutable.
 *
 * @param values every setting's value, in its unit
 */
public record AgentSettings(Map<Setting, Double> values) {

    /** Copies the map; what is missing has its default. */
    public AgentSettings {
        final Map<Setting, Double> all = new EnumMap<>(Setting.class);
        for (final Setting setting : Setting.values()) {
            all.put(setting, values.getOrDefault(setting, setting.byDefault()));
        }
        values = Collections.unmodifiableMap(all);
    }

    /**
     * All defaults.
     *
     * @return the settings
     */
    public static AgentSettings defaults() {
        return new AgentSettings(Map.of());
    }

    /**
     * Reads the settings.
     *
     * @param source what is set, as text; nothing where the default holds
     * @return the settings
     * @throws IllegalArgumentException when a text is no number from 0; says which and what it may be
     */
    public static AgentSettings read(final Function<Setting, Optional<String>> source) {
        final Map<Setting, Double> values = new EnumMap<>(Setting.class);
        for (final Setting setting : Setting.values()) {
            source.apply(setting).ifPresent(text -> values.put(setting, number(setting, text)));
        }
        return new AgentSettings(values);
    }

    private static double number(final Setting setting, final String text) {
        final double value;
        try {
            value = Double.parseDouble(text.strip());
        } catch (final NumberFormatException e) {
            throw wrong(setting, text);
        }
        if (!(value >= 0 && Double.isFinite(value))) {
            throw wrong(setting, text);
        }
        return value;
    }

    private static IllegalArgumentException wrong(final Setting setting, final String text) {
        return new IllegalArgumentException(setting.label() + " (" + setting.environmentName() + ") is '" + text
                + "'; it must be a number from 0, in " + setting.unit());
    }

    /**
     * The value of one.
     *
     * @param setting which
     * @return its value, in its unit
     */
    public double of(final Setting setting) {
        return values.getOrDefault(setting, setting.byDefault());
    }

    /**
     * The same settings but for one.
     *
     * @param setting which
     * @param value its new value, in its unit
     * @return the new settings
     */
    public AgentSettings with(final Setting setting, final double value) {
        final Map<Setting, Double> changed = new EnumMap<>(values);
        changed.put(setting, value);
        return new AgentSettings(changed);
    }
}
