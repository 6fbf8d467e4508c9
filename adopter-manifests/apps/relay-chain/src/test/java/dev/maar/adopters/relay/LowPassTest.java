package dev.maar.adopters.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LowPassTest {

    private static final float[] TAPS = LowPass.taps(33, 0.125);

    @Test
    void aConstantSignalPassesUnchanged() {
        assertThat(gain(0)).isEqualTo(1, within(1e-6));
    }

    @Test
    void halfTheAmplitudeIsLeftAtTheCutoff() {
        assertThat(gain(0.125)).isEqualTo(0.5, within(0.01));
    }

    @Test
    void theStopBandIsDownByFiftyDecibels() {
        for (double frequency = 0.19; frequency <= 0.5; frequency += 0.01) {
            assertThat(gain(frequency)).as("gain at %.2f", frequency).isLessThan(0.0032);
        }
    }

    @Test
    void theTapsAreSymmetric() {
        for (int k = 0; k < TAPS.length / 2; k++) {
            assertThat(TAPS[k]).isEqualTo(TAPS[TAPS.length - 1 - k], within(1e-7f));
        }
    }

    /** The magnitude of the frequency response: the sum over k of h[k] exp(-2 pi i f k). */
    private static double gain(final double frequency) {
        double real = 0;
        double imaginary = 0;
        for (int k = 0; k < TAPS.length; k++) {
            real += TAPS[k] * Math.cos(2 * Math.PI * frequency * k);
            imaginary -= TAPS[k] * Math.sin(2 * Math.PI * frequency * k);
        }
        return Math.hypot(real, imaginary);
    }
}
