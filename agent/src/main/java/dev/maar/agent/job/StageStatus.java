package dev.maar.agent.job;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a stage ended on one side. */
public enum StageStatus {
    /** It did what it should. */
    PASS,
    /** The adopter or the subject failed. */
    FAIL,
    /** The environment failed: no space, killed by the host, network, timeout. Never reads as a regression. */
    INFRA,
    /** It was not run. */
    SKIPPED;

    /**
     * The name as it is written everywhere.
     *
     * @return for example {@code pass}
     */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
