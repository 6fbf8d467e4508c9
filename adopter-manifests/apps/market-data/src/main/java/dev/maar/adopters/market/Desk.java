package dev.maar.adopters.market;

import dev.maar.transport.Delivery;
import dev.maar.transport.PolledSubscriber;
import dev.maar.transport.Transport;
import dev.maar.transport.TransportRuntime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Follows the value of a portfolio with every quote. It has to hear all of them: the feed waits for it. Nothing moves
 * unless {@link #poll} is called. For one thread.
 */
public final class Desk implements AutoCloseable {

    private final long[] holdings;
    private final long[] prices;
    private final Set<Transport> carriers = EnumSet.noneOf(Transport.class);
    private final PolledSubscriber<Quote> subscriber;
    private long value;
    private long highest = Long.MIN_VALUE;
    private long lowest = Long.MAX_VALUE;
    private long heard;
    private long crossed;
    private long expected = -1;
    private long missing;

    /**
     * A desk that listens at once.
     *
     * @param runtime the runtime to subscribe with
     * @param holdings how many of each instrument the portfolio holds; less than 0 where they are owed. Quotes of other
     *     instruments are heard and change nothing
     */
    public Desk(final TransportRuntime runtime, final long[] holdings) {
        this.holdings = Arrays.copyOf(holdings, holdings.length);
        this.prices = new long[holdings.length];
        this.subscriber = runtime.poll(Feed.QUOTES, this::take);
    }

    private void take(final Quote quote, final Delivery delivery) {
        carriers.add(delivery.transport());
        if (expected >= 0) {
            missing += delivery.sequence() - expected;
        }
        expected = delivery.sequence() + 1;
        heard++;
        if (quote.isCrossed()) {
            crossed++;
        } else if (quote.instrument() >= 0 && quote.instrument() < holdings.length) {
            revalue(quote.instrument(), quote.microPrice());
        }
    }

    private void revalue(final int instrument, final long price) {
        value += holdings[instrument] * (price - prices[instrument]);
        prices[instrument] = price;
        highest = Math.max(highest, value);
        lowest = Math.min(lowest, value);
    }

    /**
     * Takes the quotes that wait.
     *
     * @param limit the most quotes to take
     * @return how many were taken
     */
    public int poll(final int limit) {
        return subscriber.poll(limit);
    }

    /**
     * Quotes heard.
     *
     * @return their number
     */
    public long heard() {
        return heard;
    }

    /**
     * Quotes that did not come although later ones did. A desk that misses any is useless.
     *
     * @return their number
     */
    public long missing() {
        return missing;
    }

    /**
     * Quotes that were left out because their bid reached their ask.
     *
     * @return their number
     */
    public long crossed() {
        return crossed;
    }

    /**
     * What the portfolio is worth by the last quotes; instruments without one count as nothing.
     *
     * @return thousandths of a tick
     */
    public long value() {
        return value;
    }

    /**
     * From the portfolio's lowest value to its highest.
     *
     * @return thousandths of a tick; 0 before the first quote
     */
    public long span() {
        return highest < lowest ? 0 : highest - lowest;
    }

    /**
     * What has carried quotes so far.
     *
     * @return the transports; empty before the first quote
     */
    public Set<Transport> carriers() {
        return EnumSet.copyOf(carriers);
    }

    /** Stops listening. */
    @Override
    public void close() {
        subscriber.close();
    }
}
