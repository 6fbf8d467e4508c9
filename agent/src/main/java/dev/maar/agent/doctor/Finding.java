package dev.maar.agent.doctor;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * One thing that was looked at.
 *
 * @param subject what was looked at, in a word or two
 * @param state how it is
 * @param detail what was seen
 * @param mend what to do about it; empty when nothing has to be done
 */
public record Finding(String subject, State state, String detail, String mend) {

    /** How a thing is. */
    public enum State {
        /** As it should be. */
        GOOD,
        /** Can not be seen on this machine, or is merely worth knowing. */
        NOTE,
        /** Makes measurements noisier. */
        NOISY,
        /** Stops builds or measurements from working. */
        BROKEN;

        /**
         * The name as it is written everywhere.
         *
         * @return for example {@code noisy}
         */
        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding good(final String subject, final String detail) {
        return new Finding(subject, State.GOOD, detail, "");
    }

    static Finding note(final String subject, final String detail) {
        return new Finding(subject, State.NOTE, detail, "");
    }

    static Finding noisy(final String subject, final String detail, final String mend) {
        return new Finding(subject, State.NOISY, detail, mend);
    }

    static Finding broken(final String subject, final String detail, final String mend) {
        return new Finding(subject, State.BROKEN, detail, mend);
    }
}
