package dev.maar.transport;

import dev.maar.transport.aeron.AeronNode;
import dev.maar.transport.aeron.LogException;
import dev.maar.transport.aeron.LogReader;
import dev.maar.transport.aeron.LogWriter;
import dev.maar.transport.aeron.RemotePosition;
import dev.maar.transport.aeron.UdpGroup;
import dev.maar.transport.mesh.Carrier;
import dev.maar.transport.mesh.Message;
import dev.maar.transport.mesh.Peer;
import dev.maar.transport.mesh.Token;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Subscribers read what Aeron makes of the publisher's log at their end. Those of other runtimes tell how far they are;
 * that UDP gets through to them is known when they say that it has. The log is sent to each of them, or once to a group that they join.
 */
final class DirectRoute extends LogRoute {

    private final AeronNode node;
    private final FarReaders far;
    private final Optional<UdpGroup> group;
    private final Set<LogReader> leakyReaders = new HashSet<>();
    private final Map<Guest, Visit> guests = new HashMap<>();

    /** What is kept of a subscriber of another runtime; it counts from when the log has begun to come. */
    private record Visit(String endpoint, RemotePosition position, boolean hasCome) {}

    DirectRoute(final LogWriter writer, final AeronNode node, final FarReaders far, final Optional<UdpGroup> group) {
        super(writer, Transport.UDP);
        this.node = node;
        this.far = far;
        this.group = group;
    }

    @Override
    LogReader join(final boolean leaky) {
        final LogReader reader =
                group.map(each -> node.udp().openReader(writer(), each)).orElseGet(() -> node.openUdpReader(writer()));
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
    Optional<Message.Offered> offer(final long number, final long subscriber, final Peer to) {
        return Optional.of(new Message.Offered(
                number,
                subscriber,
                Carrier.UDP,
                shape(),
                group.map(UdpGroup::endpoint).orElse(""),
                Token.NONE));
    }

    @Override
    boolean invite(final Guest guest) {
        final String endpoint = guest.endpoint();
        final RemotePosition position = node.udp().openPosition(endpoint);
        far.add(guest.answer().route(), guest.peer(), position);
        try {
            if (group.isEmpty()) {
                node.udp().addReader(writer(), endpoint);
            }
        } catch (final LogException failure) {
            far.remove(guest.answer().route());
            throw failure;
        }
        guests.put(guest, new Visit(endpoint, position, false));
        return false;
    }

    @Override
    void admit(final Guest guest) {
        final Visit visit = guests.get(guest);
        if (visit == null || visit.hasCome()) {
            return;
        }
        guests.put(guest, new Visit(visit.endpoint(), visit.position(), true));
        if (guest.isLeaky()) {
            writer().addLeaky();
        } else {
            writer().addConsumer(visit.position().positionId());
        }
    }

    @Override
    void dismiss(final Guest guest) {
        final Visit visit = guests.remove(guest);
        if (visit == null) {
            return;
        }
        if (visit.hasCome() && guest.isLeaky()) {
            writer().removeLeaky();
        } else if (visit.hasCome()) {
            writer().removeConsumer(visit.position().positionId());
        }
        if (group.isEmpty()) {
            node.udp().removeReader(writer(), visit.endpoint());
        }
        far.remove(guest.answer().route());
    }

    @Override
    void end() {
        final long end = writer().writtenEnd();
        writer().close();
        guests.forEach((guest, visit) -> {
            if (visit.hasCome()) {
                far.leave(guest.answer().route(), end);
            } else {
                far.remove(guest.answer().route());
            }
        });
        guests.clear();
    }
}
