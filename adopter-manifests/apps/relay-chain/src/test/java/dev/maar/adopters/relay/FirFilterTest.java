package dev.maar.adopters.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FirFilterTest {

    private static final float[] TAPS = {0.5f, -1f, 2f, 0.25f};

    @Test
    void anImpulseComesOutAsTheTaps() {
        final float[] impulse = {1, 0, 0, 0, 0, 0};

        assertThat(filtered(impulse, 6)).containsExactly(0.5f, -1f, 2f, 0.25f, 0f, 0f);
    }

    @Test
    void theFirstSampleOfTheFilterWeighsTheNewestSampleOfTheSignal() {
        final float[] step = {1, 1, 1, 1};

        assertThat(filtered(step, 4)).containsExactly(0.5f, -0.5f, 1.5f, 1.75f);
    }

    @Test
    void cuttingTheSignalIntoBlocksMakesNoDifference() {
        final Random random = new Random(7);
        final float[] signal = new float[120];
        for (int i = 0; i < signal.length; i++) {
            signal[i] = random.nextFloat();
        }

        final float[] whole = filtered(signal, 120);

        assertThat(filtered(signal, 1)).containsExactly(whole);
        assertThat(filtered(signal, 2)).containsExactly(whole);
        assertThat(filtered(signal, 40)).containsExactly(whole);
    }

    @Test
    void aBlockIsLeftAsItWasAndKeepsItsNumber() {
        final SampleBlock in = SampleBlock.of(9, 1, 2, 3);
        final SampleBlock out = new SampleBlock(3);

        new FirFilter(TAPS, 3).apply(in, out);

        assertThat(in.toArray()).containsExactly(1, 2, 3);
        assertThat(out.number()).isEqualTo(9);
    }

    private static float[] filtered(final float[] signal, final int blockSamples) {
        final FirFilter filter = new FirFilter(TAPS, blockSamples);
        final float[] result = new float[signal.length];
        for (int from = 0; from < signal.length; from += blockSamples) {
            final float[] part = new float[blockSamples];
            System.arraycopy(signal, from, part, 0, blockSamples);
            final SampleBlock out = new SampleBlock(blockSamples);
            filter.apply(SampleBlock.of(0, part), out);
            System.arraycopy(out.toArray(), 0, result, from, blockSamples);
        }
        return result;
    }
}
