package dev.maar.agent.stats.simulation;

import java.util.List;

/**
 * What a simulated machine does to a measurement. All scales are in logarithms, so 0.01 is 1 %.
 *
 * @param name as the table says it
 * @param slice scale of a slice's own noise, Student's t with 3 degrees of freedom
 * @param outliers the share of slices that take ten times as long
 * @param wildForks the share of processes that are ten times as slow throughout
 * @param fork scale of what differs from process to process, Student's t with 4 degrees of freedom
 * @param slowForks the share of processes in the slower of two JIT modes, which is 5-10 % slower, by cell
 * @param drift scale of the random walk of the machine's speed from slice to slice
 * @param bursts the share of live pairs during which something else takes the machine for some slices
 * @param session scale of a session's bias towards one side, Student's t with 5 degrees of freedom; a confirmation is a new session, on each
 *     agent another
 * @param confirmers how many agents share a confirmation, pair by pair in turn
 */
record Noise(
        String name,
        double slice,
        double outliers,
        double wildForks,
        double fork,
        double slowForks,
        double drift,
        double bursts,
        double session,
        int confirmers) {

    /** Heavy tails and rare outliers only: about what frozen live pairs show on a shared 2-core machine. */
    static final Noise HEAVY_TAILS = new Noise("heavy tails", 0.01, 0.001, 0.005, 0.007, 0, 0, 0, 0, 1);

    /** One process in four settles in a slower mode. */
    static final Noise JIT_MODES = new Noise("JIT modes", 0.01, 0.001, 0.005, 0.007, 0.25, 0, 0, 0, 1);

    /** The machine's speed wanders, and something else runs during every third pair. */
    static final Noise DRIFT_AND_BURSTS =
            new Noise("drift and bursts", 0.01, 0.001, 0.005, 0.007, 0, 0.003, 0.33, 0, 1);

    /** Whatever differs between the sides for a whole session: paths, layout, the hour. */
    static final Noise SESSION_BIAS = new Noise("session bias", 0.01, 0.001, 0.005, 0.007, 0, 0, 0, 0.006, 1);

    /** All of it at once. */
    static final Noise EVERYTHING = new Noise("everything", 0.01, 0.001, 0.005, 0.007, 0.25, 0.003, 0.33, 0.006, 1);

    /** All of it, and two other agents confirm. */
    static final Noise EVERYTHING_TWICE =
            new Noise("everything, two agents confirm", 0.01, 0.001, 0.005, 0.007, 0.25, 0.003, 0.33, 0.006, 2);

    /** All of them, in the order of the table. */
    static final List<Noise> ALL =
            List.of(HEAVY_TAILS, JIT_MODES, DRIFT_AND_BURSTS, SESSION_BIAS, EVERYTHING, EVERYTHING_TWICE);
}
