package dev.maar.adopters.relay;

/** The end of a chain: how loud the signal is, and whether all of it arrived. Not thread-safe. */
public final class LevelMeter {

    private long blocks;
    private long missing;
    private long next;
    private long samples;
    private double energy;
    private float peak;

    /**
     * Measures the next block that arrived.
     *
     * @param block the block
     */
    public void take(final SampleBlock block) {
        blocks++;
        missing += block.number() - next;
        next = block.number() + 1;
        for (int i = 0; i < block.length(); i++) {
            final float sample = block.sample(i);
            energy += sample * sample;
            peak = Math.max(peak, Math.abs(sample));
        }
        samples += block.length();
    }

    /**
     * Blocks that arrived.
     *
     * @return their number
     */
    public long blocks() {
        return blocks;
    }

    /**
     * Blocks that did not arrive although a later one did.
     *
     * @return their number
     */
    public long missing() {
        return missing;
    }

    /**
     * The block that is to come: one more than the number of the last that came.
     *
     * @return its number
     */
    public long next() {
        return next;
    }

    /**
     * The largest magnitude of a sample.
     *
     * @return 0 or more
     */
    public float peak() {
        return peak;
    }

    /**
     * The root mean square of all samples.
     *
     * @return 0 or more; 0 before the first sample
     */
    public double rootMeanSquare() {
        return samples == 0 ? 0 : Math.sqrt(energy / samples);
    }
}
