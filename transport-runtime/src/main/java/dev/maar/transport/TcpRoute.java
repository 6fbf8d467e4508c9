package dev.maar.transport;

import dev.maar.transport.aeron.LogReader;
import dev.maar.transport.aeron.LogWriter;
import dev.maar.transport.mesh.Carrier;
import dev.maar.transport.mesh.Message;
import dev.maar.transport.mesh.Peer;
import dev.maar.transport.mesh.Token;
import dev.maar.transport.tcp.TcpLink;
import dev.maar.transport.tcp.TcpLinks;
import dev.maar.transport.tcp.TcpOutgoing;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Subscribers of this runtime share one link, which is there while there is any of them, and counts for what is in flight
 * while there is a reliable one. Each subscriber of another runtime has its own.
 */
final class TcpRoute extends LogRoute {

    private final TcpLinks links;
    private final Set<LogReader> readers = new HashSet<>();
    private final Set<LogReader> leakyReaders = new HashSet<>();
    private final Map<Guest, TcpOutgoing> guests = new HashMap<>();
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

    /** It is the subscriber's side that says where to connect. */
    @Override
    Optional<Message.Offered> offer(final long number, final long subscriber, final Peer to) {
        return Optional.of(new Message.Offered(number, subscriber, Carrier.TCP, shape(), "", Token.NONE));
    }

    @Override
    void admit(final Guest guest) {
        final TcpOutgoing outgoing =
                links.open(writer(), guest.address(), guest.answer().token().bytes());
        guests.put(guest, outgoing);
        if (guest.isLeaky()) {
            writer().addLeaky();
        } else {
            writer().addConsumer(outgoing.positionId());
        }
    }

    @Override
    void dismiss(final Guest guest) {
        final TcpOutgoing outgoing = guests.remove(guest);
        if (outgoing == null) {
            return;
        }
        if (guest.isLeaky()) {
            writer().removeLeaky();
        } else {
            writer().removeConsumer(outgoing.positionId());
        }
        outgoing.close();
    }

    @Override
    void end() {
        writer().close();
        guests.values().forEach(TcpOutgoing::closeWhenDelivered);
        guests.clear();
        final TcpLink current = link;
        link = null;
        if (current != null) {
            current.closeWhenDelivered();
        }
    }
}
