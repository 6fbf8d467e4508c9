package dev.maar.agent.stats;

/** Which way a metric improves. */
public enum Better {
    /** Less is better: time, memory. */
    LOWER,
    /** More is better: throughput. */
    HIGHER;

    /**
     * The sign of an effect, ln(b/a), by which side b is worse.
     *
     * @return +1 when larger is worse, -1 when smaller is
     */
    public int worse() {
        return this == LOWER ? 1 : -1;
    }
}
