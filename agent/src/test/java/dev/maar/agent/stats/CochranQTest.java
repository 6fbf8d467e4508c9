package dev.maar.agent.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CochranQTest {

    private static double[] sample(final Random random, final double centre) {
        return IntStream.range(0, 8)
                .mapToDouble(i -> centre + random.nextGaussian())
                .toArray();
    }

    @Test
    void agentsFarApartDisagreeAndTheCommonShiftDoesNotMatter() {
        final Random random = new Random(1);
        final double[] first = sample(random, 0);
        final double[] second = sample(random, 5);
        final CochranQ test = CochranQ.of(List.of(first, second));
        assertThat(test.p()).isLessThan(1e-6);
        final CochranQ shifted = CochranQ.of(List.of(
                Arrays.stream(first).map(effect -> effect + 7).toArray(),
                Arrays.stream(second).map(effect -> effect + 7).toArray()));
        assertThat(shifted.statistic()).isCloseTo(test.statistic(), within(1e-9));
        assertThat(CochranQ.of(List.of(second, first)).statistic()).isCloseTo(test.statistic(), within(1e-9));
    }

    @Test
    void agentsWithTheSameEffectSeldomDisagree() {
        final Random random = new Random(2);
        final long apart = IntStream.range(0, 2_000)
                .filter(i -> CochranQ.of(List.of(sample(random, 0), sample(random, 0)))
                                .p()
                        <= 0.01)
                .count();
        assertThat(apart).isBetween(1L, 80L);
    }

    @Test
    void chanceIsThatOfTheChiSquaredDistribution() {
        // Two agents with standard error s and estimates d apart: Q = d^2 / (2 s^2). The p of a Q of 3.841459 with one
        // degree is 5 %.
        final double[] first = {-2, -1, 0, 1, 2};
        final double apart = Math.sqrt(2 * 3.841458820694124) * CochranQ.standardError(first);
        final double[] second =
                Arrays.stream(first).map(effect -> effect + apart).toArray();
        assertThat(CochranQ.of(List.of(first, second)).p()).isCloseTo(0.05, within(1e-9));
    }

    @Test
    void oneAgentAgreesWithItself() {
        assertThat(CochranQ.of(List.of(new double[] {1, 2, 3, 4, 5})).p()).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> CochranQ.of(List.of()));
    }

    @Test
    void agentsWithoutSpreadDisagreeAsSoonAsTheyDifferAtAll() {
        final double[] ones = {1, 1, 1, 1, 1};
        final double[] twos = {2, 2, 2, 2, 2};
        final double[] around = {0, 0.5, 1, 1.5, 2};
        assertThat(CochranQ.of(List.of(ones, ones.clone())).p()).isEqualTo(1);
        assertThat(CochranQ.of(List.of(ones, twos)).p()).isZero();
        assertThat(CochranQ.of(List.of(ones, around)).statistic()).isZero();
        assertThat(CochranQ.of(List.of(twos, around)).statistic())
                .isCloseTo(Math.pow(1 / CochranQ.standardError(around), 2), within(1e-9));
    }
}
