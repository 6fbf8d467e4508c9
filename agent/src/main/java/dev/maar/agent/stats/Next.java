package dev.maar.agent.stats;

import dev.maar.agent.job.Phase;

/** What to do about a cell after the pairs so far. */
public sealed interface Next {

    /**
     * Not decided: run more.
     *
     * @param phase what the pairs are for
     * @param pairs how many are missing until the next look
     */
    record More(Phase phase, int pairs) implements Next {}

    /**
     * Decided, or as decided as the looks allow.
     *
     * @param ruling what is said of the cell
     */
    record Ruled(Ruling ruling) implements Next {}
}
