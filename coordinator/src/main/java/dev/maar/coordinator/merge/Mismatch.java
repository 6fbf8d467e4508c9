package dev.maar.coordinator.merge;

import dev.maar.agent.job.Attestation;
import dev.maar.agent.job.Both;
import dev.maar.agent.job.PairOutcome;
import java.util.Optional;

/**
 * The sides did not produce the same after the same operations.
 *
 * @param attested what each side said
 * @param reason the difference in words
 */
record Mismatch(Both<Attestation> attested, String reason) {

    static Optional<Mismatch> of(final PairOutcome outcome) {
        if (outcome instanceof final PairOutcome.Mismatched mismatched) {
            return Optional.of(new Mismatch(
                    mismatched.attested(),
                    words(mismatched.attested()) + " after " + mismatched.operations() + " operations"));
        }
        if (outcome instanceof final PairOutcome.Measured measured && differ(measured.attested())) {
            return Optional.of(new Mismatch(measured.attested(), words(measured.attested())));
        }
        return Optional.empty();
    }

    private static boolean differ(final Both<Attestation> attested) {
        return attested.a().delivered() != attested.b().delivered()
                || !attested.a().checksum().equals(attested.b().checksum());
    }

    private static String words(final Both<Attestation> attested) {
        final Attestation a = attested.a();
        final Attestation b = attested.b();
        return a.delivered() != b.delivered()
                ? "side a delivered " + a.delivered() + ", side b " + b.delivered()
                : "both delivered " + a.delivered() + ", but the checksums differ: a " + a.checksum() + ", b "
                        + b.checksum();
    }
}
