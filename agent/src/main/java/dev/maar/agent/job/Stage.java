package dev.maar.agent.job;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What is done with an adopter, in this order. */
public enum Stage {
    /** Does the adopter compile against the side. */
    BUILD,
    /** Do its own tests pass. */
    TEST,
    /** Its jigs, A/B. */
    MEASURE;

    /**
     * The name as it is written everywhere.
     *
     * @return for example {@code build}
     */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
