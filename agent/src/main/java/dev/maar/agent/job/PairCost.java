package dev.maar.agent.job;

/**
 * Where the time of a live pair went, in milliseconds.
 *
 * @param waiting for a quiet machine, before the forks were started
 * @param start until both forks were set up
 * @param warmUp until both were warm, both sides together
 * @param measuring the rounds that count
 * @param end everything after them
 */
public record PairCost(long waiting, long start, long warmUp, long measuring, long end) {

    /** No time at all. */
    public static final PairCost NONE = new PairCost(0, 0, 0, 0, 0);

    /**
     * All of it.
     *
     * @return milliseconds
     */
    public long total() {
        return waiting + start + warmUp + measuring + end;
    }

    /**
     * This and another together.
     *
     * @param other the other
     * @return the sums
     */
    public PairCost plus(final PairCost other) {
        return new PairCost(
                waiting + other.waiting,
                start + other.start,
                warmUp + other.warmUp,
                measuring + other.measuring,
                end + other.end);
    }

    /**
     * The same pair after a wait.
     *
     * @param millis how long was waited
     * @return the cost with it
     */
    public PairCost after(final long millis) {
        return new PairCost(millis, start, warmUp, measuring, end);
    }
}
