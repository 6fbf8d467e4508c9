package dev.maar.transport;

import dev.maar.transport.aeron.LogReader;
import dev.maar.transport.aeron.LogWriter;
import java.util.function.Function;

/** Subscribers read the publisher's log itself, or what Aeron makes of it at their end. */
final class DirectRoute extends LogRoute {

    private final Function<LogWriter, LogReader> open;

    DirectRoute(final LogWriter writer, final Function<LogWriter, LogReader> open) {
        super(writer);
        this.open = open;
    }

    @Override
    LogReader join() {
        final LogReader reader = open.apply(writer());
        writer().addConsumer(reader.positionId());
        return reader;
    }

    @Override
    void part(final LogReader reader) {
        writer().removeConsumer(reader.positionId());
    }

    @Override
    void end() {
        writer().close();
    }
}
