package dev.maar.transport;

import dev.maar.transport.aeron.LogReader;
import dev.maar.transport.aeron.LogWriter;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/** Subscribers read what Aeron makes of the publisher's log at their end. */
final class DirectRoute extends LogRoute {

    private final Function<LogWriter, LogReader> open;
    private final Set<LogReader> leakyReaders = new HashSet<>();

    DirectRoute(final LogWriter writer, final Function<LogWriter, LogReader> open) {
        super(writer, Transport.UDP);
        this.open = open;
    }

    @Override
    LogReader join(final boolean leaky) {
        final LogReader reader = open.apply(writer());
        if (leaky) {
            leakyReaders.add(reader);
            writer().addLeaky();
        } else {
            writer().addConsumer(reader.positionId());
        }
        return reader;
    }

    @Override
    void part(final LogReader reader) {
        if (leakyReaders.remove(reader)) {
            writer().removeLeaky();
        } else {
            writer().removeConsumer(reader.positionId());
        }
    }

    @Override
    void end() {
        writer().close();
    }
}
