package dev.maar.adopters.relay;

import java.util.Arrays;

/**
 * A filter of finite impulse response: y[n] is the sum over k of h[k] x[n - k], where x is 0 before the signal begins
 * (Oppenheim and Schafer, Discrete-Time Signal Processing, the convolution sum). How the signal is cut into blocks makes
 * no difference. Not thread-safe.
 */
final class FirFilter implements Step {

    private final float[] taps;
    private final int history;
    /** The last samples of the block before, then the block. */
    private final float[] line;

    /**
     * A filter at rest.
     *
     * @param taps the impulse response h
     * @param longestBlock the most samples of a block
     */
    FirFilter(final float[] taps, final int longestBlock) {
        this.taps = taps.clone();
        history = taps.length - 1;
        line = new float[history + longestBlock];
    }

    @Override
    public void apply(final SampleBlock in, final SampleBlock out) {
        final int length = in.length();
        out.begin(in.number(), length);
        System.arraycopy(in.samples(), 0, line, history, length);
        final float[] result = out.samples();
        Arrays.fill(result, 0, length, 0f);
        // Tap by tap, not sample by sample: the inner loop has no sum to carry, so the compiler can use vectors and the
        // result is still the same to the last bit.
        for (int k = 0; k <= history; k++) {
            final float tap = taps[k];
            final int delayed = history - k;
            for (int i = 0; i < length; i++) {
                result[i] += tap * line[delayed + i];
            }
        }
        System.arraycopy(line, length, line, 0, history);
    }
}
