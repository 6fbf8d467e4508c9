package dev.maar.agent.job;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What is said of a cell, a stage, an adopter or the experiment, the worst first: an adopter's is the least of its stages'. */
public enum Verdict {
    /** The sides do not produce the same thing. */
    MISMATCH,
    /** Side b is worse, confirmed. */
    REGRESSED,
    /** One side does not run at all. */
    BROKEN,
    /** Nothing can be said: both sides fail, or the environment did. */
    ERROR,
    /** Looks changed, not confirmed. */
    SUSPECT,
    /** The same thing does not end the same way twice. */
    FLAKY,
    /** Too noisy to tell. */
    INCONCLUSIVE,
    /** Fails on both sides. */
    STILL_FAILING,
    /** Failed on side a, works on side b. */
    FIXED,
    /** Side b is better, confirmed. */
    IMPROVED,
    /** No difference that matters. */
    UNCHANGED,
    /** Not asked for, or nothing there. */
    SKIPPED;

    /**
     * The name as it is written everywhere.
     *
     * @return for example {@code still-failing}
     */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The worse of two.
     *
     * @param other another verdict
     * @return whichever comes first
     */
    public Verdict worse(final Verdict other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
