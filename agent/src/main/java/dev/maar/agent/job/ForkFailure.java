package dev.maar.agent.job;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * How a fork failed, or that it did not.
 *
 * @param kind what happened
 * @param reason in words a user can act on; empty for {@link Kind#NONE}
 */
public record ForkFailure(Kind kind, String reason) {

    /** A fork that did not fail. */
    public static final ForkFailure NONE = new ForkFailure(Kind.NONE, "");

    /** What happened to the fork. */
    public enum Kind {
        /** Nothing: this side works. */
        NONE,
        /** It said nothing for longer than it may. */
        HANG,
        /** It ended before it was told to. */
        EXIT,
        /** It ran out of memory. */
        OUT_OF_MEMORY,
        /** It wrote something that is not of the protocol. */
        PROTOCOL,
        /** The jig threw an exception. */
        EXCEPTION,
        /** It loaded another artifact, or used another transport, than its side's. */
        ATTESTATION,
        /** The environment's fault: no space, killed from outside. */
        INFRA;

        /**
         * The name as it is written everywhere.
         *
         * @return for example {@code out-of-memory}
         */
        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
