package dev.maar.adopters.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DownsamplerTest {

    @Test
    void keepsEveryThirdSampleAcrossBlocksOfAnyLength() {
        final Downsampler downsampler = new Downsampler(3);

        assertThat(kept(downsampler, 0, 1, 2, 3)).containsExactly(0, 3);
        assertThat(kept(downsampler, 4)).isEmpty();
        assertThat(kept(downsampler, 5, 6, 7)).containsExactly(6);
        assertThat(kept(downsampler, 8, 9, 10, 11, 12)).containsExactly(9, 12);
    }

    @Test
    void aFactorOfOneKeepsEverything() {
        assertThat(kept(new Downsampler(1), 5, 6, 7)).containsExactly(5, 6, 7);
    }

    private static float[] kept(final Downsampler downsampler, final float... samples) {
        final SampleBlock out = new SampleBlock(samples.length);
        downsampler.apply(SampleBlock.of(0, samples), out);
        return out.toArray();
    }
}
