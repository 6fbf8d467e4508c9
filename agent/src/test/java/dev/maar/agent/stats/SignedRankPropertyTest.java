package dev.maar.agent.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What must hold of the estimator, the test and the interval whatever the numbers. Small whole numbers make ties and zeros, and are exact. */
final class SignedRankPropertyTest {

    @Provide
    Arbitrary<double[]> tied() {
        return Arbitraries.integers()
                .between(-5, 5)
                .map(Integer::doubleValue)
                .array(double[].class)
                .ofMinSize(1)
                .ofMaxSize(10);
    }

    @Provide
    Arbitrary<double[]> effects() {
        return Arbitraries.doubles()
                .between(-1, 1)
                .ofScale(6)
                .array(double[].class)
                .ofMinSize(1)
                .ofMaxSize(64);
    }

    /** No two Walsh averages are equal and none is zero: sums of distinct powers of two with different signs. */
    @Provide
    Arbitrary<double[]> untied() {
        return Arbitraries.integers()
                .between(1, 20)
                .flatMap(size -> Arbitraries.of(true, false)
                        .array(boolean[].class)
                        .ofSize(size)
                        .map(signs -> IntStream.range(0, size)
                                .mapToDouble(i -> (signs[i] ? 1 : -1) * Math.scalb(1.0, i))
                                .toArray()));
    }

    @Property
    void equalsBruteForceOverAllSignsWithTiesAndZeros(@ForAll("tied") final double[] differences) {
        assertEqualsBruteForce(List.of(differences));
    }

    @Property(tries = 200)
    void stratifiedEqualsBruteForceOverAllSignsOfAllStrata(
            @ForAll("tied") final double[] first, @ForAll("tied") final double[] second) {
        assertEqualsBruteForce(List.of(
                Arrays.copyOf(first, Math.min(6, first.length)), Arrays.copyOf(second, Math.min(6, second.length))));
    }

    private static void assertEqualsBruteForce(final List<double[]> strata) {
        final List<Double> ranks = new ArrayList<>();
        double statistic = 0;
        for (final double[] differences : strata) {
            for (final double difference : differences) {
                if (difference != 0) {
                    final double rank = midRank(differences, difference);
                    ranks.add(rank);
                    statistic += difference > 0 ? rank : 0;
                }
            }
        }
        long greater = 0;
        long less = 0;
        for (int signs = 0; signs < 1 << ranks.size(); signs++) {
            double sum = 0;
            for (int i = 0; i < ranks.size(); i++) {
                sum += (signs >> i & 1) * ranks.get(i);
            }
            greater += sum >= statistic ? 1 : 0;
            less += sum <= statistic ? 1 : 0;
        }
        final double all = 1 << ranks.size();
        final SignedRank test = SignedRank.stratified(strata, 0);
        assertThat(test.pairs()).isEqualTo(ranks.size());
        assertThat(test.statistic()).isEqualTo(statistic);
        assertThat(test.greater()).isCloseTo(greater / all, within(1e-12));
        assertThat(test.less()).isCloseTo(less / all, within(1e-12));
    }

    private static double midRank(final double[] differences, final double of) {
        final long under = Arrays.stream(differences)
                .filter(difference -> difference != 0 && Math.abs(difference) < Math.abs(of))
                .count();
        final long equal = Arrays.stream(differences)
                .filter(difference -> Math.abs(difference) == Math.abs(of))
                .count();
        return under + (equal + 1) / 2.0;
    }

    @Property
    void shiftOfAllEffectsShiftsEstimateAndInterval(
            @ForAll("tied") final double[] effects, @ForAll @IntRange(min = -9, max = 9) final int shift) {
        final double[] shifted =
                Arrays.stream(effects).map(effect -> effect + shift).toArray();
        assertThat(HodgesLehmann.of(shifted)).isEqualTo(HodgesLehmann.of(effects) + shift);
        final Interval interval = Interval.of(effects, 0.90);
        assertThat(Interval.of(shifted, 0.90)).isEqualTo(new Interval(interval.low() + shift, interval.high() + shift));
        assertThat(SignedRank.of(shifted, shift)).isEqualTo(SignedRank.of(effects, 0));
    }

    @Property
    void turningAllSignsTurnsEstimateAndIntervalAndSwapsTheTails(@ForAll("effects") final double[] effects) {
        final double[] turned = Arrays.stream(effects).map(effect -> 0 - effect).toArray();
        assertThat(HodgesLehmann.of(turned)).isEqualTo(0 - HodgesLehmann.of(effects));
        final Interval interval = Interval.of(effects, 0.90);
        assertThat(Interval.of(turned, 0.90)).isEqualTo(new Interval(0 - interval.high(), 0 - interval.low()));
        assertThat(SignedRank.of(turned, 0).greater())
                .isEqualTo(SignedRank.of(effects, 0).less());
        assertThat(SignedRank.of(turned, 0).twoSided())
                .isEqualTo(SignedRank.of(effects, 0).twoSided());
    }

    @Property
    void orderOfThePairsDoesNotMatter(@ForAll("effects") final double[] effects, @ForAll final Random random) {
        final List<Double> shuffled =
                new ArrayList<>(Arrays.stream(effects).boxed().toList());
        Collections.shuffle(shuffled, random);
        final double[] other =
                shuffled.stream().mapToDouble(Double::doubleValue).toArray();
        assertThat(HodgesLehmann.of(other)).isEqualTo(HodgesLehmann.of(effects));
        assertThat(Interval.of(other, 0.90)).isEqualTo(Interval.of(effects, 0.90));
        assertThat(SignedRank.of(other, 0).statistic())
                .isEqualTo(SignedRank.of(effects, 0).statistic());
        assertThat(SignedRank.of(other, 0).greater())
                .isCloseTo(SignedRank.of(effects, 0).greater(), within(1e-12));
    }

    @Property
    void intervalContainsTheEstimateAndGrowsWithTheConfidence(@ForAll("effects") final double[] effects) {
        final double estimate = HodgesLehmann.of(effects);
        final Interval narrow = Interval.of(effects, 0.80);
        final Interval wide = Interval.of(effects, 0.95);
        assertThat(estimate).isBetween(narrow.low(), narrow.high());
        assertThat(narrow.low()).isGreaterThanOrEqualTo(wide.low());
        assertThat(narrow.high()).isLessThanOrEqualTo(wide.high());
    }

    @Property
    void higherNullNeverMakesAnEffectAboveItMoreLikely(
            @ForAll("untied") final double[] effects, @ForAll @IntRange(min = 0, max = 40) final int step) {
        // A null between the Walsh averages, so that nothing is tied or dropped.
        final double low = -10.1 + step * 0.5;
        assertThat(SignedRank.of(effects, low).greater())
                .isLessThanOrEqualTo(SignedRank.of(effects, low + 0.5).greater());
        assertThat(SignedRank.of(effects, low).less())
                .isGreaterThanOrEqualTo(SignedRank.of(effects, low + 0.5).less());
    }

    @Property
    void intervalLeavesOutExactlyWhatTheTestRejects(@ForAll("untied") final double[] effects) {
        final Interval interval = Interval.of(effects, 0.90);
        final boolean enough = effects.length >= 5;
        assertThat(enough && interval.low() > 0)
                .isEqualTo(SignedRank.of(effects, 0).greater() < 0.05);
        assertThat(enough && interval.high() < 0)
                .isEqualTo(SignedRank.of(effects, 0).less() < 0.05);
    }

    @Property
    void oneStratumIsThePlainStatistics(@ForAll("effects") final double[] effects) {
        assertThat(SignedRank.stratified(List.of(effects, new double[0]), 0)).isEqualTo(SignedRank.of(effects, 0));
        assertThat(HodgesLehmann.stratified(List.of(effects, new double[0]))).isEqualTo(HodgesLehmann.of(effects));
        assertThat(Interval.stratified(List.of(effects, new double[0]), 0.9)).isEqualTo(Interval.of(effects, 0.9));
    }

    @Property(tries = 200)
    void beyondTheExactSizesTheApproximationGoesOnWhereTheExactNumbersEnd(@ForAll final Random random) {
        final int[] doubledRanks =
                IntStream.rangeClosed(1, 64).map(rank -> 2 * rank).toArray();
        final RankSums exact = RankSums.over(doubledRanks, true);
        final RankSums normal = RankSums.over(doubledRanks, false);
        final int sum = random.nextInt(64 * 65 / 2 + 1);
        assertThat(normal.atMost(sum)).isCloseTo(exact.atMost(sum), within(2e-3));
        assertThat(normal.atLeast(sum)).isCloseTo(exact.atLeast(sum), within(2e-3));
        assertThat(normal.quantile(0.05)).isCloseTo(exact.quantile(0.05), within(2));
    }

    @Property(tries = 50)
    void moreThanSixtyFourPairsAreJudgedByTheApproximation(@ForAll final Random random) {
        final double[] effects = random.doubles(100, -1, 1.2).toArray();
        final SignedRank test = SignedRank.of(effects, 0);
        assertThat(test.greater() + test.less()).isCloseTo(1, within(0.01));
        final Interval interval = Interval.of(effects, 0.90);
        assertThat(HodgesLehmann.of(effects)).isBetween(interval.low(), interval.high());
        assertThat(interval.width()).isLessThan(0.5);
    }

    @Example
    void allZerosSayNothing() {
        assertThat(SignedRank.of(new double[8], 0)).isEqualTo(new SignedRank(0, 0, 1, 1));
        assertThat(HodgesLehmann.of(new double[8])).isZero();
        assertThat(Interval.of(new double[8], 0.90)).isEqualTo(new Interval(0, 0));
    }

    @Example
    void onlyFiniteNumbersAreTaken() {
        final double[] effects = {1, Double.NaN};
        assertThatIllegalArgumentException().isThrownBy(() -> HodgesLehmann.of(effects));
        assertThatIllegalArgumentException().isThrownBy(() -> Interval.of(effects, 0.9));
        assertThatIllegalArgumentException().isThrownBy(() -> SignedRank.of(effects, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> HodgesLehmann.of(new double[0]));
    }
}
