package dev.maar.agent.stats;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Wilcoxon's signed-rank test of pairs' effects against a null effect, stratified or not (Wilcoxon, 1945); the strata's statistics are added.
 *
 * <p>Differences equal to the null are dropped, ties get mid-ranks, and the distribution is the exact one given those ranks, as long as no stratum
 * has more than {@value #EXACT_STRATUM} pairs and all together no more than {@value #EXACT_TOTAL}. Beyond that it is the normal approximation with the
 * ranks' own variance and a continuity correction of one half.
 *
 * @param pairs how many differences were not zero
 * @param statistic W, the sum of the ranks of the positive differences
 * @param greater P(W at least as large as seen) when there is no effect: small when the effect is above the null
 * @param less P(W at most as large as seen) when there is no effect: small when the effect is below the null
 */
public record SignedRank(int pairs, double statistic, double greater, double less) {

    static final int EXACT_STRATUM = 64;
    static final int EXACT_TOTAL = 256;

    /**
     * The test of one sample.
     *
     * @param effects the pairs' effects, all finite
     * @param nullEffect the effect that is tested against
     * @return the test
     * @throws IllegalArgumentException when an effect is not finite
     */
    public static SignedRank of(final double[] effects, final double nullEffect) {
        return stratified(List.of(effects), nullEffect);
    }

    /**
     * The test of several agents' pairs: ranked within each agent, added up.
     *
     * @param strata the pairs' effects, by agent, all finite
     * @param nullEffect the effect that is tested against
     * @return the test
     * @throws IllegalArgumentException when an effect is not finite
     */
    public static SignedRank stratified(final List<double[]> strata, final double nullEffect) {
        final List<Ranked> ranked = strata.stream()
                .map(effects -> Ranked.of(Arrays.stream(effects)
                        .map(effect -> effect - nullEffect)
                        .toArray()))
                .toList();
        final int[] ranks = ranked.stream()
                .flatMapToInt(each -> Arrays.stream(each.doubledRanks))
                .toArray();
        final boolean exact = isExact(ranked.stream().mapToInt(each -> each.doubledRanks.length));
        final double statistic =
                ranked.stream().mapToInt(each -> each.doubledPositive).sum() / 2.0;
        if (ranks.length == 0) {
            return new SignedRank(0, 0, 1, 1);
        }
        final RankSums sums = RankSums.over(ranks, exact);
        return new SignedRank(ranks.length, statistic, sums.atLeast(statistic), sums.atMost(statistic));
    }

    static boolean isExact(final IntStream sizes) {
        final int[] all = sizes.toArray();
        return Arrays.stream(all).allMatch(size -> size <= EXACT_STRATUM)
                && Arrays.stream(all).sum() <= EXACT_TOTAL;
    }

    /**
     * The chance of a deviation this large in either direction.
     *
     * @return twice the smaller side, at most 1
     */
    public double twoSided() {
        return Math.min(1, 2 * Math.min(greater, less));
    }

    /**
     * The chance of a deviation this large in one direction.
     *
     * @param direction positive for "above the null", anything else for "below"
     * @return {@link #greater} or {@link #less}
     */
    public double oneSided(final double direction) {
        return direction > 0 ? greater : less;
    }

    /** The ranks of one stratum's differences from the null, doubled, so that mid-ranks are whole numbers. */
    private static final class Ranked {

        private final int[] doubledRanks;
        private final int doubledPositive;

        private Ranked(final int[] doubledRanks, final int doubledPositive) {
            this.doubledRanks = doubledRanks;
            this.doubledPositive = doubledPositive;
        }

        static Ranked of(final double[] differences) {
            if (!Arrays.stream(differences).allMatch(Double::isFinite)) {
                throw new IllegalArgumentException("a difference is not finite; only finite ones can be ranked");
            }
            final double[] sorted = Arrays.stream(differences)
                    .filter(difference -> difference != 0)
                    .boxed()
                    .sorted(Comparator.comparingDouble(Math::abs))
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            final int[] ranks = new int[sorted.length];
            int positive = 0;
            for (int first = 0; first < sorted.length; ) {
                int after = first + 1;
                while (after < sorted.length && Math.abs(sorted[after]) == Math.abs(sorted[first])) {
                    after++;
                }
                // The ranks first+1 ... after share their mean, which doubled is first + 1 + after.
                for (int i = first; i < after; i++) {
                    ranks[i] = first + 1 + after;
                    positive += sorted[i] > 0 ? ranks[i] : 0;
                }
                first = after;
            }
            return new Ranked(ranks, positive);
        }
    }
}
