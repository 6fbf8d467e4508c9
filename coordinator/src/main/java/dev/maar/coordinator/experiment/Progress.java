package dev.maar.coordinator.experiment;

import dev.maar.agent.job.PairObservation;
import dev.maar.coordinator.plan.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Told how an experiment gets on. Called from several threads; must be quick. */
public interface Progress {

    /** Tells nobody. */
    Progress NONE = new Progress() {
        @Override
        public void doing(final String what) {}

        @Override
        public void adopters(final int done, final int planned, final Optional<Duration> left) {}

        @Override
        public void pairs(final int done, final int planned) {}

        @Override
        public void said(final String line) {}
    };

    /**
     * What is being done now.
     *
     * @param what a few words, such as {@code build telemetry-hub, side b}
     */
    void doing(String what);

    /**
     * How many adopters are built and tested.
     *
     * @param done finished
     * @param planned all of them
     * @param left how long the others will take, as far as that can be said
     */
    void adopters(int done, int planned, Optional<Duration> left);

    /**
     * How many live pairs are done, and how many there will be as far as is known now.
     *
     * @param done finished
     * @param planned finished and still to do
     */
    void pairs(int done, int planned);

    /**
     * Something worth a line of its own, such as a cell that is decided.
     *
     * @param line the line
     */
    void said(String line);

    /**
     * An adopter was built on both sides, or was not.
     *
     * @param passed whether it can be measured
     * @param words a line about it
     * @param reason the first errors of the side that does not build; empty when both do
     */
    default void built(final boolean passed, final String words, final String reason) {
        said(words);
    }

    /**
     * A pair has ended, in whatever way.
     *
     * @param cell what was measured
     * @param all all pairs of the cell so far, in the order in which they were run
     * @param last the one that ended
     */
    default void observed(final Plan.PlannedCell cell, final List<PairObservation> all, final PairObservation last) {}

    /**
     * A cell has had all the pairs that it gets.
     *
     * @param cell what was measured
     * @param all all its pairs
     * @param words a line about it
     */
    default void decided(final Plan.PlannedCell cell, final List<PairObservation> all, final String words) {
        said(words);
    }
}
