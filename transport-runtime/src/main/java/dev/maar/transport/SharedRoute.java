package dev.maar.transport;

import dev.maar.transport.aeron.AeronNode;
import dev.maar.transport.aeron.LogReader;
import dev.maar.transport.aeron.LogWriter;
import dev.maar.transport.mesh.Carrier;
import dev.maar.transport.mesh.Message;
import dev.maar.transport.mesh.Peer;
import dev.maar.transport.mesh.Token;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Subscribers of this runtime and of others on this host read the publisher's log itself. */
final class SharedRoute extends LogRoute {

    private final AeronNode node;
    private final Set<LogReader> leakyReaders = new HashSet<>();

    SharedRoute(final LogWriter writer, final AeronNode node) {
        super(writer, Transport.SHM);
        this.node = node;
    }

    @Override
    LogReader join(final boolean leaky) {
        final LogReader reader = node.openSharedReader(writer());
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
        if (!to.isSameHost()) {
            return Optional.empty();
        }
        return Optional.of(new Message.Offered(number, subscriber, Carrier.SHM, shape(), "", Token.NONE));
    }

    @Override
    void admit(final Guest guest) {
        node.awaitOpen(writer());
        if (guest.isLeaky()) {
            writer().addLeaky();
        } else {
            writer().addConsumer(guest.positionId());
        }
    }

    @Override
    void dismiss(final Guest guest) {
        if (guest.isLeaky()) {
            writer().removeLeaky();
        } else {
            writer().removeConsumer(guest.positionId());
        }
    }

    @Override
    void end() {
        writer().close();
    }
}
