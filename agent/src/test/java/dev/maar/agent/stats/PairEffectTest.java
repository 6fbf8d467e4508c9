package dev.maar.agent.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.maar.agent.job.Attestation;
import dev.maar.agent.job.Both;
import dev.maar.agent.job.ForkNotes;
import dev.maar.agent.job.PairOutcome;
import dev.maar.agent.job.SideName;
import dev.maar.agent.job.Slice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class PairEffectTest {

    private static Slice timed(final int round, final SideName side, final long nanos) {
        return new Slice(round, side, 1_000, nanos, -1, -1);
    }

    private static Slice allocating(final int round, final SideName side, final long bytes) {
        return new Slice(round, side, 1_000, 25_000_000, bytes, -1);
    }

    private static List<Slice> allocations(final long a, final long b) {
        return List.of(allocating(0, SideName.A, a), allocating(0, SideName.B, b));
    }

    @Test
    void effectIsTheMedianOverTheRoundsWhateverTheOrderOfTheSlices() {
        final List<Slice> slices = new ArrayList<>();
        final long[] slowdowns = {110, 120, 130, 5_000, 90};
        for (int round = 0; round < slowdowns.length; round++) {
            slices.add(timed(round, SideName.A, 100_000L * (round + 1)));
            slices.add(timed(round, SideName.B, slowdowns[round] * 1_000 * (round + 1)));
        }
        assertThat(PairEffect.of(Metric.TIME, slices).orElseThrow()).isCloseTo(Math.log(1.2), within(1e-12));
        Collections.shuffle(slices, new Random(3));
        assertThat(PairEffect.of(Metric.TIME, slices).orElseThrow()).isCloseTo(Math.log(1.2), within(1e-12));
    }

    @Test
    void percentilesAreThoseOfAllSlicesTogether() {
        final SortedMap<Long, Long> a = new TreeMap<>(Map.of(1_000L, 9_800L, 2_000L, 190L, 9_000L, 10L));
        final SortedMap<Long, Long> b = new TreeMap<>(Map.of(1_000L, 9_800L, 4_000L, 190L, 9_000L, 10L));
        final PairOutcome.Measured pair = measured(ForkNotes.ofLatencies(a), ForkNotes.ofLatencies(b));

        assertThat(PairEffect.of(Metric.P50, pair).orElseThrow()).isZero();
        assertThat(PairEffect.of(Metric.P99, pair).orElseThrow()).isGreaterThan(Math.log(1.5));
        assertThat(Metric.P99.of(pair, SideName.A).orElseThrow()).isBetween(1.0, 2.0);
        assertThat(Metric.TIME.of(pair, SideName.A).orElseThrow()).isCloseTo(0.1, within(1e-12));
    }

    @Test
    void aPercentileWithTooFewOperationsBeyondItIsNotKnown() {
        final PairOutcome.Measured pair =
                measured(ForkNotes.ofLatencies(Map.of(1_000L, 9_999L)), ForkNotes.ofLatencies(Map.of(1_000L, 10_000L)));

        assertThat(PairEffect.of(Metric.P99, pair)).hasValue(0);
        assertThat(PairEffect.of(Metric.P99_9, pair)).isEmpty();
        assertThat(Metric.P99_9.of(pair, SideName.A)).isEmpty();
        assertThat(Metric.P99_9.of(pair, SideName.B)).hasValue(1);
        assertThat(PairEffect.of(Metric.P50, measured(ForkNotes.NONE, ForkNotes.NONE)))
                .isEmpty();
    }

    private static PairOutcome.Measured measured(final ForkNotes a, final ForkNotes b) {
        final Attestation attestation = new Attestation("", Map.of(), 1, "");
        return new PairOutcome.Measured(
                List.of(timed(0, SideName.A, 100_000), timed(0, SideName.B, 100_000)),
                1,
                new Both<>(attestation, attestation),
                new Both<>(a, b));
    }

    @Test
    void evenNumberOfRoundsTakesTheMiddleOfTheMiddleTwo() {
        final List<Slice> slices = List.of(
                timed(0, SideName.A, 100),
                timed(0, SideName.B, 200),
                timed(1, SideName.A, 100),
                timed(1, SideName.B, 800));
        assertThat(PairEffect.of(Metric.TIME, slices).orElseThrow()).isCloseTo(Math.log(4), within(1e-12));
    }

    @Test
    void sidesAreComparedPerOperation() {
        final List<Slice> slices = List.of(
                new Slice(0, SideName.A, 1_000, 5_000_000, 64_000, 4_000_000),
                new Slice(0, SideName.B, 2_000, 5_000_000, 64_000, 4_000_000));
        for (final Metric metric : List.of(Metric.TIME, Metric.ALLOC, Metric.CPU)) {
            assertThat(PairEffect.of(metric, slices).orElseThrow()).isCloseTo(Math.log(0.5), within(1e-12));
        }
        assertThat(PairEffect.of(Metric.RATE, slices).orElseThrow()).isCloseTo(Math.log(2), within(1e-12));
    }

    @Test
    void metricsHaveTheUnitsTheySay() {
        final Slice slice = new Slice(0, SideName.A, 2_000, 5_000_000, 64_000, 4_000_000);
        assertThat(Metric.TIME.of(slice)).hasValue(2.5);
        assertThat(Metric.ALLOC.of(slice)).hasValue(32);
        assertThat(Metric.CPU.of(slice)).hasValue(2);
        assertThat(Metric.RATE.of(slice)).hasValue(400_000);
        assertThat(Metric.RATE.better()).isEqualTo(Better.HIGHER);
        assertThat(Metric.judged())
                .containsExactly(Metric.TIME, Metric.ALLOC, Metric.CPU, Metric.P50, Metric.P99, Metric.P99_9);
    }

    @Test
    void nothingAllocatedOnBothSidesIsNoEffect() {
        assertThat(PairEffect.of(Metric.ALLOC, allocations(0, 0))).hasValue(0);
    }

    @Test
    void beginningToAllocateIsAFiniteEffectAndTurnsItsSignWithTheSides() {
        assertThat(PairEffect.of(Metric.ALLOC, allocations(0, 16_000)).orElseThrow())
                .isCloseTo(Math.log(16), within(1e-12));
        assertThat(PairEffect.of(Metric.ALLOC, allocations(16_000, 0)).orElseThrow())
                .isCloseTo(-Math.log(16), within(1e-12));
    }

    @Test
    void allocationsOfLessThanAByteAnOperationAreNoEffect() {
        assertThat(PairEffect.of(Metric.ALLOC, allocations(0, 900))).hasValue(0);
    }

    @Test
    void whatASliceDoesNotKnowIsNotComparedAndNoRoundsAreNoEffect() {
        assertThat(PairEffect.of(Metric.ALLOC, allocations(-1, 16))).isEqualTo(OptionalDouble.empty());
        assertThat(PairEffect.of(Metric.TIME, List.of())).isEmpty();
        assertThat(PairEffect.of(Metric.TIME, List.of(timed(0, SideName.A, 5), timed(1, SideName.B, 5))))
                .isEmpty();
        final Slice idle = new Slice(0, SideName.A, 0, 5, 0, 0);
        assertThat(PairEffect.of(Metric.TIME, List.of(idle, timed(0, SideName.B, 5))))
                .isEmpty();
        final List<Slice> partly =
                List.of(timed(0, SideName.A, 100), timed(0, SideName.B, 300), timed(1, SideName.A, 100));
        assertThat(PairEffect.of(Metric.TIME, partly).orElseThrow()).isCloseTo(Math.log(3), within(1e-12));
    }

    @Test
    void roundWithTwoSlicesOfOneSideIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PairEffect.of(Metric.TIME, List.of(timed(2, SideName.B, 5), timed(2, SideName.B, 6))))
                .withMessageContaining("round 2")
                .withMessageContaining("side b");
    }
}
