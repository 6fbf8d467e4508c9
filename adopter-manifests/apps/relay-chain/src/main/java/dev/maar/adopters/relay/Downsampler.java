package dev.maar.adopters.relay;

/** Keeps every n-th sample of a signal, beginning with the first, across the borders of blocks. Not thread-safe. */
final class Downsampler implements Step {

    private final int factor;
    /** How many samples of the next block to leave out before the first that is kept. */
    private int skip;

    /**
     * A downsampler at the beginning of a signal.
     *
     * @param factor keep one sample in so many, at least 1
     */
    Downsampler(final int factor) {
        this.factor = factor;
    }

    @Override
    public void apply(final SampleBlock in, final SampleBlock out) {
        final float[] from = in.samples();
        final float[] to = out.samples();
        int kept = 0;
        int at = skip;
        for (; at < in.length(); at += factor) {
            to[kept++] = from[at];
        }
        skip = at - in.length();
        out.begin(in.number(), kept);
    }
}
