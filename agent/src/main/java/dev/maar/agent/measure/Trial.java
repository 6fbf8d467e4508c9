package dev.maar.agent.measure;

import dev.maar.agent.fork.Fork;
import dev.maar.agent.fork.ForkFailedException;
import dev.maar.agent.fork.Patience;
import dev.maar.agent.job.PairSettings;
import java.time.Duration;

/** Tries one side by itself after the other has failed: the same steps, in short, with nothing frozen and nothing measured. */
final class Trial {

    private final Fork fork;
    private final PairSettings settings;
    private final Duration silence;
    private final Duration longestOperation;
    private final long mostNanos;

    /**
     * A trial.
     *
     * @param fork the fork, just started
     * @param settings the slice to aim at, and how long to run at most
     * @param silence how long each answer may take
     * @param longestOperation how long a single operation may take; less than in a pair, so that two sides that are about as slow do
     *     not end as one that fails and one that does not
     * @param mostNanos how long it may take altogether
     */
    Trial(
            final Fork fork,
            final PairSettings settings,
            final Duration silence,
            final Duration longestOperation,
            final long mostNanos) {
        this.fork = fork;
        this.settings = settings;
        this.silence = silence;
        this.longestOperation = longestOperation;
        this.mostNanos = mostNanos;
    }

    /**
     * Sets the fork up and runs slices until it has done what the failed side had been asked for, or its time is over;
     * then checks and ends it.
     *
     * @param operations how many operations the failed side had been asked for
     * @throws ForkFailedException when this side fails too
     * @throws InterruptedException when interrupted meanwhile
     */
    void run(final long operations) throws ForkFailedException, InterruptedException {
        fork.setUp(silence);
        final long start = System.nanoTime();
        final Patience patience = Patience.of(silence);
        long slice = 1;
        long done = 0;
        do {
            final long nanos = fork.run(slice, patience).nanos();
            if (slice == 1 && done > 0 && nanos > longestOperation.toNanos()) {
                throw WarmUp.tooLong(fork.side(), nanos);
            }
            done += slice;
            if (nanos < settings.sliceNanos() / 2) {
                slice = Math.min(slice * 2, Math.max(1, operations));
            } else if (nanos > 2 * settings.sliceNanos()) {
                slice = Math.max(1, slice / 2);
            }
            // The first operation says nothing about how long one takes: there is always a second, if the failed side
            // had one.
        } while (done < operations && (done == 1 || System.nanoTime() - start < mostNanos));
        fork.check(patience);
        fork.end();
        fork.awaitEnd(silence);
    }
}
