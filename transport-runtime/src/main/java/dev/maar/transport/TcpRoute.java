package dev.maar.transport;

import dev.maar.transport.aeron.LogReader;
import dev.maar.transport.aeron.LogWriter;
import dev.maar.transport.tcp.TcpLink;
import dev.maar.transport.tcp.TcpLinks;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Subscribers share one link, which is there while there is any of them, and counts for what is in flight while there is a
 * reliable one.
 */
final class TcpRoute extends LogRoute {

    private final TcpLinks links;
    private final Set<LogReader> readers = new HashSet<>();
    private final Set<LogReader> leakyReaders = new HashSet<>();
    private @Nullable TcpLink link;

    TcpRoute(final LogWriter writer, final TcpLinks links) {
        super(writer, Transport.TCP);
        this.links = links;
    }

    @Override
    LogReader join(final boolean leaky) {
        TcpLink current = link;
        if (current == null) {
            current = links.open(writer());
            link = current;
            writer().addLeaky();
        }
        final LogReader reader = current.openReader(leaky);
        if (leaky) {
            leakyReaders.add(reader);
        } else if (readers.add(reader) && readers.size() == 1) {
            writer().addConsumer(current.positionId());
        }
        return reader;
    }

    @Override
    void part(final LogReader reader) {
        final TcpLink current = link;
        if (current == null) {
            return;
        }
        if (!leakyReaders.remove(reader) && readers.remove(reader)) {
            current.removeReader(reader);
            if (readers.isEmpty()) {
                writer().removeConsumer(current.positionId());
            }
        }
        if (readers.isEmpty() && leakyReaders.isEmpty()) {
            writer().removeLeaky();
            link = null;
            current.close();
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
