package dev.maar.agent.job;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * How one test ended.
 *
 * @param status passed, failed, skipped or flaky
 * @param message the failure's first line, with what varies from run to run taken out; empty when it passed
 */
public record TestResult(Status status, String message) {

    /** The ways a test ends; an error counts as failed. */
    public enum Status {
        PASSED,
        FAILED,
        SKIPPED,
        /** It was run several times and did not end the same way each time. */
        FLAKY;

        /**
         * The name as it is written everywhere.
         *
         * @return for example {@code passed}
         */
        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
