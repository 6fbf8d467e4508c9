package dev.maar.adopters.relay;

import java.util.Arrays;

/**
 * Consecutive samples of one signal. Stages use their blocks again and again; from publishing on, a block is not
 * changed until its turn comes again. Not thread-safe.
 */
public final class SampleBlock {

    private final float[] samples;
    private long number;
    private int length;

    /**
     * An empty block.
     *
     * @param capacity the most samples that it can hold
     */
    public SampleBlock(final int capacity) {
        samples = new float[capacity];
    }

    /**
     * A block of samples.
     *
     * @param number its place in the signal, counting blocks from 0
     * @param samples its samples, which are copied
     * @return the block
     */
    public static SampleBlock of(final long number, final float... samples) {
        final SampleBlock block = new SampleBlock(samples.length);
        System.arraycopy(samples, 0, block.samples, 0, samples.length);
        block.begin(number, samples.length);
        return block;
    }

    /**
     * Its place in the signal.
     *
     * @return the number of blocks before it
     */
    public long number() {
        return number;
    }

    /**
     * How many samples it holds.
     *
     * @return the number of samples, at most its capacity
     */
    public int length() {
        return length;
    }

    /**
     * One sample.
     *
     * @param index 0 to {@link #length()} - 1
     * @return its value
     */
    public float sample(final int index) {
        return samples[index];
    }

    /**
     * All samples.
     *
     * @return a copy
     */
    public float[] toArray() {
        return Arrays.copyOf(samples, length);
    }

    /** Makes this the block of a number and a length; its samples are written through {@link #samples()}. */
    void begin(final long newNumber, final int newLength) {
        if (newLength > samples.length) {
            throw new IllegalArgumentException(
                    "a block of " + newLength + " samples does not fit where there is room for " + samples.length);
        }
        number = newNumber;
        length = newLength;
    }

    float[] samples() {
        return samples;
    }
}
