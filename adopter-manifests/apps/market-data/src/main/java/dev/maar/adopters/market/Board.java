package dev.maar.adopters.market;

import dev.maar.transport.Delivery;
import dev.maar.transport.PolledSubscriber;
import dev.maar.transport.SubscriberOptions;
import dev.maar.transport.Transport;
import dev.maar.transport.TransportRuntime;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Shows each instrument's newest quote on a wall. It is slow, and what came while it was not looking is of no interest: only the
 * newest quotes wait for it, the feed never does. For one thread.
 */
public final class Board implements AutoCloseable {

    private final Quote[] shown;
    private final int waiting;
    private final Set<Transport> carriers = EnumSet.noneOf(Transport.class);
    private final PolledSubscriber<Quote> subscriber;
    private long taken;
    private long newest = -1;

    /**
     * A board that listens at once.
     *
     * @param runtime the runtime to subscribe with
     * @param instruments how many instruments are shown; quotes of others are left out
     * @param waiting how many quotes wait for the board at the most
     */
    public Board(final TransportRuntime runtime, final int instruments, final int waiting) {
        this.shown = new Quote[instruments];
        this.waiting = waiting;
        this.subscriber = runtime.poll(Feed.QUOTES, SubscriberOptions.defaults().leaky(waiting), this::take);
    }

    private void take(final Quote quote, final Delivery delivery) {
        carriers.add(delivery.transport());
        newest = delivery.sequence();
        taken++;
        if (quote.instrument() >= 0 && quote.instrument() < shown.length) {
            shown[quote.instrument()] = quote;
        }
    }

    /**
     * Shows what waits.
     *
     * @return how many quotes had waited
     */
    public int refresh() {
        return subscriber.poll(waiting);
    }

    /**
     * What is shown of an instrument.
     *
     * @param instrument the instrument
     * @return its quote; empty when none has been shown yet
     */
    public Optional<Quote> shown(final int instrument) {
        return Optional.ofNullable(shown[instrument]);
    }

    /**
     * The newest quote's number among those that the feed has sent, counting from 0.
     *
     * @return the number; -1 before the first quote
     */
    public long newest() {
        return newest;
    }

    /**
     * Quotes that were shown.
     *
     * @return their number
     */
    public long taken() {
        return taken;
    }

    /**
     * Quotes that came while too many waited, and were never shown.
     *
     * @return their number
     */
    public long dropped() {
        return subscriber.dropped();
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
