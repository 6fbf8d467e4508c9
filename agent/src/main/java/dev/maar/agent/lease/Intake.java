package dev.maar.agent.lease;

/** Where a coordinator takes calls of agents. Called by several threads. */
public interface Intake {

    /** The kind of sealed text that is an {@link Ask}. */
    String ASK = "ask";
    /** The kind of sealed text that is a {@link dev.maar.agent.job.Delivery}. */
    String DELIVERY = "delivery";
    /** The kind of sealed text that is a {@link Wanted}. */
    String CONTENT = "content";
    /** The kind of sealed text that is a job. */
    String JOB = "job";

    /**
     * Takes a call.
     *
     * @param sealed what was sent, not yet believed
     * @return the answer
     */
    Answer take(Sealed sealed);
}
