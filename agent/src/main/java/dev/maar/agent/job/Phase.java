package dev.maar.agent.job;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a live pair is for; a confirmation never reuses the screen's pairs. */
public enum Phase {
    SCREEN,
    CONFIRM;

    /**
     * The name as it is written everywhere.
     *
     * @return for example {@code screen}
     */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
