package dev.maar.agent.stats;

import java.util.Arrays;
import java.util.List;

/**
 * The value of one live pair, and where it was measured.
 *
 * @param agent the agent's id; pairs are only ever ranked against pairs of the same agent
 * @param effect ln(b/a), finite
 */
public record Reading(String agent, double effect) {

    /** Checks. */
    public Reading {
        if (!Double.isFinite(effect)) {
            throw new IllegalArgumentException(
                    "agent " + agent + " has a pair with effect " + effect + "; it must be finite");
        }
    }

    /**
     * Readings that all are of one agent.
     *
     * @param effects the pairs' effects, in the order of the schedule
     * @return a reading for each
     */
    public static List<Reading> ofOneAgent(final double[] effects) {
        return Arrays.stream(effects)
                .mapToObj(effect -> new Reading("", effect))
                .toList();
    }
}
