package dev.maar.coordinator.report;

import java.util.Map;

/** Whether and how the terminal shows colour. It only repeats what words say. */
public enum Colour {
    /** No escape sequences at all. */
    OFF,
    /** The sixteen colours that every terminal has. */
    ON;

    /**
     * Whether colour is wanted.
     *
     * @param noColor whether {@code --no-color} was given
     * @param environment the environment; {@code NO_COLOR} with any value, and {@code TERM=dumb}, turn colour off
     * @param terminal whether the output is a terminal
     * @return on or off
     */
    public static Colour wanted(final boolean noColor, final Map<String, String> environment, final boolean terminal) {
        final boolean refused = noColor
                || !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "").equals("dumb");
        return terminal && !refused ? ON : OFF;
    }

    /** A text in the colour of a tone. */
    String paint(final String text, final Tone tone) {
        final int code = switch (tone) {
            case BAD -> 31;
            case CAUTION -> 33;
            case GOOD -> 32;
            case PLAIN -> 0;
        };
        return this == OFF || code == 0 ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
