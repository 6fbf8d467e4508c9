package dev.maar.adopters.relay;

import dev.maar.transport.Publisher;
import java.util.Arrays;

/** Plays a recording over and over, block by block. For one thread. */
public final class SignalSource implements AutoCloseable {

    private final Publisher<SampleBlock> output;
    private final SampleBlock[] blocks;
    private int next;
    private long emitted;

    /**
     * A source at the beginning of its recording.
     *
     * @param output where its blocks go; closed with the source
     * @param recording the samples; a whole number of blocks
     * @param blockSamples the samples of a block
     * @param leastBlocks how many block objects there must be at least: more than may be in flight
     */
    SignalSource(
            final Publisher<SampleBlock> output,
            final float[] recording,
            final int blockSamples,
            final int leastBlocks) {
        if (recording.length == 0 || recording.length % blockSamples != 0) {
            throw new IllegalArgumentException("a recording of " + recording.length
                    + " samples is not a whole number of blocks of " + blockSamples + " samples");
        }
        this.output = output;
        final int once = recording.length / blockSamples;
        final int rounds = (leastBlocks + once - 1) / once;
        blocks = new SampleBlock[rounds * once];
        for (int i = 0; i < blocks.length; i++) {
            final int from = i % once * blockSamples;
            blocks[i] = SampleBlock.of(i, Arrays.copyOfRange(recording, from, from + blockSamples));
        }
    }

    /**
     * Publishes the next block; when there is no room for it, and that is thrown, it stays the next.
     *
     * @throws dev.maar.transport.PublishTimeoutException when too many blocks are on their way
     */
    public void emit() {
        final SampleBlock block = blocks[next];
        block.begin(emitted, block.length());
        output.publish(block);
        // Only now: a block that found no room is to be emitted again.
        next = next + 1 == blocks.length ? 0 : next + 1;
        emitted++;
    }

    /**
     * Blocks published.
     *
     * @return their number, which is also the number of the next block
     */
    public long emitted() {
        return emitted;
    }

    /** Stops playing. */
    @Override
    public void close() {
        output.close();
    }
}
