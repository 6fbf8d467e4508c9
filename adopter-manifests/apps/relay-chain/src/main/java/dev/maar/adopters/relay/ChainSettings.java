package dev.maar.adopters.relay;

/**
 * What a chain does to its signal.
 *
 * @param taps how many taps the low-pass filter has
 * @param factor the downsampler keeps one sample in so many; the filter's pass band ends where that would alias
 * @param blockSamples the most samples of a block
 */
public record ChainSettings(int taps, int factor, int blockSamples) {

    /** Refuses what no chain can do. */
    public ChainSettings {
        if (taps < 2 || factor < 1 || blockSamples < 1) {
            throw new IllegalArgumentException("a chain has at least 2 taps, a factor of 1 and a sample a block, not "
                    + taps + ", " + factor + " and " + blockSamples);
        }
    }

    float[] filter() {
        return LowPass.taps(taps, 0.5 / factor);
    }
}
