package dev.maar.adopters.market;

/**
 * What is bid and asked for an instrument.
 *
 * @param instrument which instrument, counting from 0
 * @param bid the best price that somebody pays, in ticks
 * @param ask the best price that somebody sells at, in ticks
 * @param bidSize how many are wanted at that price
 * @param askSize how many are offered at that price
 */
public record Quote(int instrument, long bid, long ask, int bidSize, int askSize) {

    /**
     * Whether buyer and seller would already have met: such a quote is a mistake or a moment of confusion.
     *
     * @return true when the bid reaches the ask
     */
    public boolean isCrossed() {
        return bid >= ask;
    }

    /**
     * The middle of bid and ask, each weighted by the size at the other: where the price is about to go.
     *
     * @return the price in thousandths of a tick, rounded down; the plain middle when there are no sizes
     */
    public long microPrice() {
        final long sizes = (long) bidSize + askSize;
        return sizes == 0 ? (bid + ask) * 500 : (bid * askSize + ask * bidSize) * 1000 / sizes;
    }
}
