package dev.maar.transport;

import dev.maar.transport.aeron.AeronNode;
import dev.maar.transport.aeron.LogException;
import dev.maar.transport.aeron.LogReader;
import dev.maar.transport.aeron.NodeSettings;
import dev.maar.transport.mesh.Carrier;
import dev.maar.transport.mesh.LogShape;
import dev.maar.transport.mesh.Message;
import dev.maar.transport.tcp.TcpLinks;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The runtime's access to shared memory. The media driver starts with the first log. Thread-safe. */
final class Logs {

    private final TransportContext context;
    private final Runnable onLaunch;
    private @Nullable AeronNode node;
    private @Nullable TcpLinks links;
    private boolean closed;

    /** Calls {@code onLaunch} once, when there is something to clean up from then on. */
    Logs(final TransportContext context, final Runnable onLaunch) {
        this.context = context;
        this.onLaunch = onLaunch;
    }

    /** Opens a publisher's log and the way to its subscribers. */
    LogRoute open(final Topic<?> topic, final Transport transport) {
        final int streamId = streamId(topic);
        final int bound = context.maxInFlight();
        return translated(() -> {
            final AeronNode current = node();
            return switch (transport) {
                case SHM -> new SharedRoute(current.openSharedWriter(streamId, bound), current);
                case UDP -> new DirectRoute(current.openUdpWriter(streamId, bound), current::openUdpReader);
                case TCP -> {
                    final TcpLinks links = links(current);
                    yield new TcpRoute(current.openSharedWriter(streamId, bound), links);
                }
                case LOCAL -> throw new IllegalArgumentException("local delivery needs no log");
            };
        });
    }

    /** Joins a log of another runtime. */
    LogReader join(final Message.Offered offer) {
        if (offer.carrier() != Carrier.SHM) {
            throw new TransportException(
                    TransportError.NETWORK, "this runtime can not be reached by " + offer.carrier() + " from another");
        }
        final LogShape log = offer.log();
        return translated(
                () -> node().openSharedReader(log.sessionId(), log.streamId(), log.sequence(), log.position()));
    }

    private synchronized TcpLinks links(final AeronNode current) {
        TcpLinks opened = links;
        if (opened == null) {
            opened = TcpLinks.launch(current);
            links = opened;
        }
        return opened;
    }

    /** Only for people who look at the driver's counters: logs are told apart by their sessions. */
    private static int streamId(final Topic<?> topic) {
        return topic.name().hashCode();
    }

    private synchronized AeronNode node() {
        if (closed) {
            throw new TransportException(TransportError.CLOSED, "this transport runtime is closed");
        }
        AeronNode current = node;
        if (current == null) {
            current = AeronNode.launch(new NodeSettings(
                    context.hostDirectory(),
                    true,
                    context.termLength(),
                    context.connectTimeout(),
                    context.errorHandler()));
            node = current;
            onLaunch.run();
        }
        return current;
    }

    /** Runs work on the media driver; its failures come out as the runtime's own. */
    static <T> T translated(final Supplier<T> work) {
        try {
            return work.get();
        } catch (final LogException failure) {
            throw translated(failure);
        }
    }

    static TransportException translated(final LogException failure) {
        final TransportError error = switch (failure.kind()) {
            case MISSING_JVM_FLAG -> TransportError.MISSING_JVM_FLAG;
            case DIRECTORY -> TransportError.BAD_SETTING;
            case STORAGE -> TransportError.STORAGE;
            case NETWORK -> TransportError.NETWORK;
            case TIMEOUT -> TransportError.CONNECT_TIMEOUT;
            case GONE -> TransportError.DRIVER;
        };
        return new TransportException(error, String.valueOf(failure.getMessage()), failure);
    }

    void close() {
        final AeronNode current;
        final TcpLinks opened;
        synchronized (this) {
            closed = true;
            current = node;
            opened = links;
            node = null;
            links = null;
        }
        if (opened != null) {
            opened.close();
        }
        if (current != null) {
            current.close();
        }
    }
}
