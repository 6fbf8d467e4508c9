package dev.maar.coordinator.report;

import dev.maar.agent.job.Verdict;

/** How a verdict is to be taken. Colour repeats it; the words say it. */
enum Tone {
    BAD,
    CAUTION,
    GOOD,
    PLAIN;

    /** The tone of a verdict. */
    static Tone of(final Verdict verdict) {
        return switch (verdict) {
            case MISMATCH, REGRESSED, BROKEN -> BAD;
            case ERROR, SUSPECT, FLAKY, INCONCLUSIVE -> CAUTION;
            case FIXED, IMPROVED, UNCHANGED -> GOOD;
            case STILL_FAILING, SKIPPED -> PLAIN;
        };
    }

    /** The name of the tone's class in HTML. */
    String css() {
        return switch (this) {
            case BAD -> "bad";
            case CAUTION -> "caution";
            case GOOD -> "good";
            case PLAIN -> "plain";
        };
    }
}
