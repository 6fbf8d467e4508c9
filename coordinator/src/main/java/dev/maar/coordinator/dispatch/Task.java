package dev.maar.coordinator.dispatch;

import java.util.Set;

/**
 * A job as the scheduler sees it.
 *
 * @param job its id
 * @param experiment whose it is
 * @param needs what an agent must have
 * @param expectedMillis how long jobs like it took; {@link #UNKNOWN} when there was none
 * @param ordered whether it keeps its place among its experiment's: pairs do, so that a bad minute hits all cells a little
 * @param screenedBy the agents that measured what it is to confirm; another one should do it
 */
record Task(
        String job, String experiment, Needs needs, double expectedMillis, boolean ordered, Set<String> screenedBy) {

    /** Longer than anything that is known: what may be long is begun early. */
    static final double UNKNOWN = Double.MAX_VALUE;

    Task {
        screenedBy = Set.copyOf(screenedBy);
    }
}
