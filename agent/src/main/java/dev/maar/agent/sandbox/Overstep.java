package dev.maar.agent.sandbox;

/**
 * A limit that a program overstepped, and was killed for.
 *
 * @param limit which
 * @param words how far, for the user
 */
public record Overstep(Limit limit, String words) {

    /** What is limited. */
    public enum Limit {
        /** Memory. */
        MEMORY,
        /** Processes and threads. */
        TASKS,
        /** The size of the work place. */
        DISK,
        /** What is printed. */
        OUTPUT
    }
}
