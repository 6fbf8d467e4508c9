package dev.maar.agent.lease;

import java.util.Optional;

/** A way to ask a coordinator something. Safe for several threads. */
interface Line {

    /** What whichever coordinator can be reached answers to a text of a kind of {@link Intake}; nothing when none does. */
    Optional<Answer> call(String kind, String text) throws InterruptedException;
}
