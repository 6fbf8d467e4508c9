package dev.maar.agent.job;

import java.util.List;

/**
 * One live pair as the schedule drew it, before anything ran.
 *
 * @param phase what the pair is for
 * @param index its number within the phase, from 0
 * @param first the side that starts, warms up and calibrates first
 * @param roundFirst for each round, the side whose slice comes first; balanced
 */
public record PairPlan(Phase phase, int index, SideName first, List<SideName> roundFirst) {

    /** Copies the list. */
    public PairPlan {
        roundFirst = List.copyOf(roundFirst);
    }
}
