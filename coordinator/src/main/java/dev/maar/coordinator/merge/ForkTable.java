package dev.maar.coordinator.merge;

import dev.maar.agent.job.Both;
import dev.maar.agent.job.ForkFailure;
import dev.maar.agent.job.Verdict;

/**
 * What is said of a cell whose forks failed, for every pair of outcomes: one side works and the other does not is {@code broken};
 * anything from the environment, and anything that both sides share, is {@code error}; a fork that ran something else than its side
 * (attestation) is {@code error} too, for its numbers would be somebody else's.
 */
final class ForkTable {

    private enum Group {
        WORKS,
        FAILS,
        SAYS_NOTHING
    }

    private ForkTable() {}

    static Verdict verdict(final Both<ForkFailure> failures) {
        final Group a = group(failures.a().kind());
        final Group b = group(failures.b().kind());
        if (a == Group.SAYS_NOTHING || b == Group.SAYS_NOTHING || a == b) {
            return Verdict.ERROR;
        }
        return Verdict.BROKEN;
    }

    /** Whether only the candidate fails, which counts as a regression. */
    static boolean onlyB(final Both<ForkFailure> failures) {
        return verdict(failures) == Verdict.BROKEN && failures.a().kind() == ForkFailure.Kind.NONE;
    }

    private static Group group(final ForkFailure.Kind kind) {
        return switch (kind) {
            case NONE -> Group.WORKS;
            case HANG, EXIT, OUT_OF_MEMORY, PROTOCOL, EXCEPTION -> Group.FAILS;
            case ATTESTATION, INFRA -> Group.SAYS_NOTHING;
        };
    }
}
