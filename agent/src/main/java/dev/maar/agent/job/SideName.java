package dev.maar.agent.job;

import com.fasterxml.jackson.annotation.JsonValue;

/** Which of the two things compared: {@code a} is the baseline, {@code b} the candidate. */
public enum SideName {
    A,
    B;

    /**
     * The other side.
     *
     * @return b for a, a for b
     */
    public SideName other() {
        return this == A ? B : A;
    }

    /**
     * The name as it is written everywhere.
     *
     * @return {@code a} or {@code b}
     */
    @JsonValue
    public String label() {
        return this == A ? "a" : "b";
    }
}
