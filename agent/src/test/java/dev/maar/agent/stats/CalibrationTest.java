package dev.maar.agent.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CalibrationTest {

    private static final MeasuringRules RULES = MeasuringRules.standard();

    @Test
    void withoutControlsTheThresholdIsTheMetricsUncalibratedOne() {
        assertThat(Calibration.threshold(Metric.TIME, new double[0], RULES)).isEqualTo(0.03);
        assertThat(Calibration.threshold(Metric.ALLOC, new double[0], RULES)).isEqualTo(0.005);
    }

    @Test
    void quietAgentHasTheFloor() {
        final double[] quiet =
                IntStream.range(0, 40).mapToDouble(i -> 0.0001 * i).toArray();
        assertThat(Calibration.threshold(Metric.TIME, quiet, RULES)).isEqualTo(0.01);
        assertThat(Calibration.threshold(Metric.ALLOC, quiet, RULES)).isCloseTo(1.3 * 0.003895, within(1e-4));
    }

    @Test
    void noisyAgentStaysAboveNinetyFivePercentOfItsControlsOfEitherSign() {
        final double[] noisy = IntStream.rangeClosed(1, 99)
                .mapToDouble(i -> (i % 2 == 0 ? 1 : -1) * i * 0.001)
                .toArray();
        assertThat(Calibration.threshold(Metric.TIME, noisy, RULES)).isCloseTo(1.3 * 0.095, within(1e-12));
    }

    @Test
    void fewControlsNeverLowerTheThresholdButMayRaiseIt() {
        final double[] few = {0.001, -0.002, 0.0005};
        assertThat(Calibration.threshold(Metric.TIME, few, RULES)).isEqualTo(0.03);
        final double[] wild = Arrays.copyOf(few, 4);
        wild[3] = -0.05;
        assertThat(Calibration.threshold(Metric.TIME, wild, RULES)).isCloseTo(1.3 * 0.05, within(1e-12));
    }

    @Test
    void aCaseWithoutNoiseHasTheFloorAndANoisyOneMore() {
        final double[] quiet = new double[20];
        final double[] noisy = new double[20];
        for (int i = 0; i < 20; i++) {
            noisy[i] = (i % 2 == 0 ? 0.1 : -0.1) * (1 + i / 20.0);
        }
        assertThat(Calibration.ofPairs(Metric.TIME, quiet, 8, RULES)).isEqualTo(Metric.TIME.floor());
        final double atEight = Calibration.ofPairs(Metric.TIME, noisy, 8, RULES);
        final double atThirtyTwo = Calibration.ofPairs(Metric.TIME, noisy, 32, RULES);
        assertThat(atEight).isGreaterThan(atThirtyTwo);
        assertThat(atThirtyTwo).isGreaterThan(Metric.TIME.floor());
        assertThat(Calibration.ofPairs(Metric.TIME, noisy, 8, RULES)).isEqualTo(atEight);
    }

    @Test
    void aTendencyToOneSideIsNoiseToo() {
        final double[] biased = new double[24];
        Arrays.fill(biased, 0.04);
        assertThat(Calibration.ofPairs(Metric.TIME, biased, 8, RULES)).isCloseTo(1.3 * 0.04, within(1e-12));
    }

    @Test
    void fewPairsAreNoLicenceForALowThreshold() {
        assertThat(Calibration.ofPairs(Metric.TIME, new double[19], 8, RULES)).isEqualTo(Metric.TIME.uncalibrated());
        assertThat(Calibration.ofPairs(Metric.TIME, new double[0], 8, RULES)).isEqualTo(Metric.TIME.uncalibrated());
    }
}
