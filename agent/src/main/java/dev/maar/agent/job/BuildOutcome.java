package dev.maar.agent.job;

/**
 * How one side's build ended.
 *
 * @param status pass, fail, infra or skipped
 * @param reason the compiler's first errors, or what happened; on success empty, or {@link #SAME_ABI}
 * @param log the log file on this machine; empty when there is none
 * @param cached whether an earlier build of the same content was used
 * @param millis how long it took
 */
public record BuildOutcome(StageStatus status, String reason, String log, boolean cached, long millis) {

    /** Why a build that passed compiled nothing, although the same content was not built before. */
    public static final String SAME_ABI = "not compiled again: no public signature of the subject differs";

    /**
     * A build that was not run.
     *
     * @param reason why not
     * @return the outcome
     */
    public static BuildOutcome skipped(final String reason) {
        return new BuildOutcome(StageStatus.SKIPPED, reason, "", false, 0);
    }
}
