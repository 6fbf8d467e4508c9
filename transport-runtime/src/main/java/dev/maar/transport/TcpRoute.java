package dev.maar.transport;

import dev.maar.transport.aeron.LogReader;
import dev.maar.transport.aeron.LogWriter;
import dev.maar.transport.tcp.TcpLink;
import dev.maar.transport.tcp.TcpLinks;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Subscribers share one link, which is there while there is any of them. */
final class TcpRoute extends LogRoute {

    private final TcpLinks links;
    private final Set<LogReader> readers = new HashSet<>();
    private @Nullable TcpLink link;

    TcpRoute(final LogWriter writer, final TcpLinks links) {
        super(writer);
        this.links = links;
    }

    @Override
    LogReader join() {
        TcpLink current = link;
        if (current == null) {
            current = links.open(writer());
            link = current;
            writer().addConsumer(current.positionId());
        }
        final LogReader reader = current.openReader();
        readers.add(reader);
        return reader;
    }

    @Override
    void part(final LogReader reader) {
        final TcpLink current = link;
        if (current != null && readers.remove(reader)) {
            current.removeReader(reader);
            if (readers.isEmpty()) {
                writer().removeConsumer(current.positionId());
                link = null;
                current.close();
            }
        }
    }

    @Override
    void end() {
        writer().close();
        final TcpLink current = link;
        link = null;
        if (current != null) {
            current.closeWhenDelivered();
        }
    }
}
