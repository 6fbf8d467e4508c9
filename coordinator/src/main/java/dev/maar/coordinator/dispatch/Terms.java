package dev.maar.coordinator.dispatch;

/**
 * On which terms an experiment gets agents.
 *
 * @param priority the higher goes first, job by job; {@link #ORDINARY} unless somebody waits for it
 * @param sandboxed whether agents without a sandbox get no job of it
 */
public record Terms(int priority, boolean sandboxed) {

    /** The priority of what nobody waits for, such as a nightly sweep. */
    public static final int ORDINARY = 0;
    /** The priority of what somebody waits for, such as a pull request. */
    public static final int URGENT = 10;
}
