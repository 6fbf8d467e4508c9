package dev.maar.transport;

import dev.maar.transport.aeron.LogReader;
import dev.maar.transport.aeron.LogWriter;

/** The way from one publisher's log to its subscribers. Guarded by the registry's lock. */
abstract sealed class LogRoute permits DirectRoute, TcpRoute {

    private final LogWriter writer;

    LogRoute(final LogWriter writer) {
        this.writer = writer;
    }

    /** The publisher's log. */
    final LogWriter writer() {
        return writer;
    }

    /**
     * One more subscriber, which hears what is published from now on. It holds the publisher back from now on, unless it
     * is leaky.
     */
    abstract LogReader join(boolean leaky);

    /** A subscriber does not hold the publisher back any more. */
    abstract void part(LogReader reader);

    /** No more will be published; what was is still delivered. */
    abstract void end();
}
