package dev.maar.agent.lease;

/**
 * A job in an agent's hands, or offered to it. A Compact record; changed only by the entry processors of this package. Whether it is
 * overdue is not in it: a coordinator watches on its own clock whether the renewals go on, so that no clocks are compared.
 *
 * @param state {@link #OFFERED} or {@link #CLAIMED}
 * @param owner the id of the agent
 * @param token how often the job has been handed out: its attempt, and what fences earlier owners off
 * @param renewals how often the agent has said that it goes on
 * @param job the sealed job
 */
public record Leased(String state, String owner, long token, long renewals, Sealed job) {

    /** Its agent has not taken it yet. */
    public static final String OFFERED = "offered";
    /** Its agent works at it. */
    public static final String CLAIMED = "claimed";

    /** The context in which a job is sealed: for this owner, under this token. */
    public static String context(final String job, final String owner, final long token) {
        return job + " " + token + " " + owner;
    }

    boolean isOf(final String agent, final long itsToken) {
        return owner.equals(agent) && token == itsToken;
    }
}
