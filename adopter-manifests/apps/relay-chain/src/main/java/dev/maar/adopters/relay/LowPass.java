package dev.maar.adopters.relay;

/** Designs low-pass filters. Pure functions that give the same taps on every JVM. */
public final class LowPass {

    private LowPass() {}

    /**
     * A windowed sinc with a Hamming window, h[k] = sinc(2 f (k - m/2)) (0.54 - 0.46 cos(2 pi k / m)) with m = count - 1,
     * scaled to let a constant signal pass unchanged (Oppenheim and Schafer, Discrete-Time Signal Processing, on filter
     * design by windowing).
     *
     * @param count how many taps, at least 2
     * @param cutoff the frequency f where the pass band ends, in cycles a sample, between 0 and 0.5
     * @return the taps
     */
    public static float[] taps(final int count, final double cutoff) {
        final double[] taps = new double[count];
        double sum = 0;
        for (int k = 0; k < count; k++) {
            final double window = 0.54 - 0.46 * StrictMath.cos(2 * StrictMath.PI * k / (count - 1));
            taps[k] = window * sinc(2 * cutoff * (k - (count - 1) / 2.0));
            sum += taps[k];
        }
        final float[] scaled = new float[count];
        for (int k = 0; k < count; k++) {
            scaled[k] = (float) (taps[k] / sum);
        }
        return scaled;
    }

    private static double sinc(final double x) {
        return x == 0 ? 1 : StrictMath.sin(StrictMath.PI * x) / (StrictMath.PI * x);
    }
}
