package dev.maar.adopters.relay;

/** Blocks that are used in turn: the next one is free again when all others have been published. Not thread-safe. */
final class BlockRing {

    private final SampleBlock[] blocks;
    private int next;

    /**
     * A ring of empty blocks.
     *
     * @param count how many: one more than a publisher may have in flight
     * @param capacity the most samples that each can hold
     */
    BlockRing(final int count, final int capacity) {
        blocks = new SampleBlock[count];
        for (int i = 0; i < count; i++) {
            blocks[i] = new SampleBlock(capacity);
        }
    }

    /** The block whose turn it is. */
    SampleBlock next() {
        final SampleBlock block = blocks[next];
        next = next + 1 == blocks.length ? 0 : next + 1;
        return block;
    }
}
