package dev.maar.adopters.relay;

/** What a stage does to its blocks. It may remember earlier samples; it is called in the order of the signal. */
@FunctionalInterface
interface Step {

    /**
     * Works on one block.
     *
     * @param in the block; not changed
     * @param out receives the result, under the same number
     */
    void apply(SampleBlock in, SampleBlock out);
}
