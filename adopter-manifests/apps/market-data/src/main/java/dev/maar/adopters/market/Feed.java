package dev.maar.adopters.market;

import dev.maar.transport.Publisher;
import dev.maar.transport.PublisherOptions;
import dev.maar.transport.Topic;
import dev.maar.transport.TransportRuntime;

/** Sends quotes to everybody who listens. Waits for desks and never for boards. For one thread. */
public final class Feed implements AutoCloseable {

    /** Where quotes are heard. */
    public static final Topic<Quote> QUOTES = Topic.of("market/quotes", new QuoteCodec());

    private final Publisher<Quote> publisher;
    private long sent;

    /**
     * A feed.
     *
     * @param runtime the runtime to publish with
     * @param options how to publish
     */
    public Feed(final TransportRuntime runtime, final PublisherOptions options) {
        publisher = runtime.publisher(QUOTES, options);
    }

    /**
     * Sends a quote, waiting while the slowest desk has too many before it.
     *
     * @param quote the quote; not to be changed
     */
    public void send(final Quote quote) {
        publisher.publish(quote);
        sent++;
    }

    /**
     * Quotes sent.
     *
     * @return their number
     */
    public long sent() {
        return sent;
    }

    /** Ends the feed. */
    @Override
    public void close() {
        publisher.close();
    }
}
