package dev.maar.adopters.market;

import java.util.Arrays;
import java.util.Random;

/** Quotes of a market that wanders about: each goes on from the last one of its instrument. For one thread. */
public final class Walk {

    private static final long FIRST = 10_000;
    private static final int LARGEST_SIZE = 500;

    private final Random random;
    private final long[] middles;

    /**
     * A market.
     *
     * @param instruments how many instruments it has
     * @param seed the same seed gives the same quotes
     */
    public Walk(final int instruments, final long seed) {
        random = new Random(seed);
        middles = new long[instruments];
        Arrays.fill(middles, FIRST);
    }

    /**
     * The next quote, of an instrument that chance names.
     *
     * @return a quote that is not crossed
     */
    public Quote next() {
        final int instrument = random.nextInt(middles.length);
        middles[instrument] = Math.max(10, middles[instrument] + random.nextInt(7) - 3);
        final long half = 1 + random.nextInt(3);
        return new Quote(
                instrument,
                middles[instrument] - half,
                middles[instrument] + half,
                1 + random.nextInt(LARGEST_SIZE),
                1 + random.nextInt(LARGEST_SIZE));
    }
}
