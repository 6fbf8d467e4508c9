package dev.maar.agent.job;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.OptBoolean;
import java.util.List;

/** How a live pair ended. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
    @JsonSubTypes.Type(value = PairOutcome.Measured.class, name = "measured"),
    @JsonSubTypes.Type(value = PairOutcome.Mismatched.class, name = "mismatched"),
    @JsonSubTypes.Type(value = PairOutcome.Failed.class, name = "failed")
})
public sealed interface PairOutcome {

    /**
     * Both forks ran all their slices and attested what they should.
     *
     * @param slices all slices in the order they ran
     * @param warmUpRounds how many rounds of warm-up came first
     * @param attested what each fork proved at the end
     * @param notes what else is known of each fork; nothing in data of before there were notes
     */
    record Measured(
            List<Slice> slices,
            int warmUpRounds,
            Both<Attestation> attested,

            @JacksonInject(value = JobJson.NO_NOTES, useInput = OptBoolean.TRUE)
            Both<ForkNotes> notes)
            implements PairOutcome {
        /** Copies the list. */
        public Measured {
            slices = List.copyOf(slices);
        }

        /**
         * A measured pair of whose forks nothing else is known.
         *
         * @param slices all slices in the order they ran
         * @param warmUpRounds how many rounds of warm-up came first
         * @param attested what each fork proved at the end
         */
        public Measured(final List<Slice> slices, final int warmUpRounds, final Both<Attestation> attested) {
            this(slices, warmUpRounds, attested, new Both<>(ForkNotes.NONE, ForkNotes.NONE));
        }
    }

    /**
     * After the same number of operations the sides' checks differ.
     *
     * @param operations how many operations each side had run
     * @param attested what each fork said
     */
    record Mismatched(long operations, Both<Attestation> attested) implements PairOutcome {}

    /**
     * A fork failed. The other side was then tried by itself, so that a failure of both is told from one of one.
     *
     * @param failures how each side failed
     */
    record Failed(Both<ForkFailure> failures) implements PairOutcome {}
}
