package dev.maar.transport;

import dev.maar.transport.aeron.AeronNode;
import dev.maar.transport.aeron.LogException;
import dev.maar.transport.aeron.LogReader;
import dev.maar.transport.aeron.LogWriter;
import dev.maar.transport.aeron.NodeSettings;
import dev.maar.transport.aeron.UdpArrival;
import dev.maar.transport.aeron.UdpGroup;
import dev.maar.transport.aeron.UdpOffer;
import dev.maar.transport.mesh.LogShape;
import dev.maar.transport.mesh.Message;
import dev.maar.transport.mesh.Peer;
import dev.maar.transport.mesh.Secret;
import dev.maar.transport.mesh.Token;
import dev.maar.transport.tcp.LinkSettings;
import dev.maar.transport.tcp.TcpIncoming;
import dev.maar.transport.tcp.TcpLinks;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The runtime's access to shared memory. The media driver starts with the first log. Thread-safe. */
final class Logs {

    private static final String ANY_HOST = "0.0.0.0";
    private static final int TERM_LENGTH_APART = 1 << 20;

    private final TransportContext context;
    private final Runnable onLaunch;
    private final Map<AeronNode, FarReaders> farReaders = new ConcurrentHashMap<>();

    /** The values of {@link #farReaders}: looked through as often as messages come. */
    private volatile FarReaders[] allFarReaders = {};

    private @Nullable AeronNode node;
    private @Nullable TcpLinks links;
    private OptionalLong dead = OptionalLong.empty();
    private LongConsumer onLost = startedAt -> {};
    private Consumer<Message.Attached> onAttached = attached -> {};
    private boolean closed;

    /** Calls {@code onLaunch} whenever there is something to clean up from then on. */
    Logs(final TransportContext context, final Runnable onLaunch) {
        this.context = context;
        this.onLaunch = onLaunch;
    }

    /**
     * Before anything else.
     *
     * @param lost told which driver has gone, on a thread that must not be kept waiting
     * @param attached told of each driver that is used, on the thread that was the first to need it
     */
    void listen(final LongConsumer lost, final Consumer<Message.Attached> attached) {
        onLost = lost;
        onAttached = attached;
    }

    /** Opens a publisher's log and the way to its subscribers. */
    LogRoute open(final Topic<?> topic, final Transport transport) {
        return open(topic, transport, context.termLength());
    }

    /** As {@link #open}, with a log of its own for one runtime's leaky subscribers: short, as there may be many. */
    LogRoute openApart(final Topic<?> topic, final Transport transport) {
        return open(topic, transport, Math.min(context.termLength(), TERM_LENGTH_APART));
    }

    private LogRoute open(final Topic<?> topic, final Transport transport, final int termLength) {
        final int streamId = streamId(topic);
        final int bound = context.maxInFlight();
        return translated(() -> {
            final AeronNode current = node();
            return switch (transport) {
                case SHM -> new SharedRoute(current.openSharedWriter(streamId, bound, termLength), current);
                case UDP -> udpRoute(current, streamId, bound);
                case TCP -> {
                    final TcpLinks links = links(current);
                    yield new TcpRoute(current.openSharedWriter(streamId, bound, termLength), links);
                }
                case LOCAL -> throw new IllegalArgumentException("local delivery needs no log");
            };
        });
    }

    private LogRoute udpRoute(final AeronNode current, final int streamId, final int bound) {
        final Optional<UdpGroup> group = context.group();
        final LogWriter writer = group.map(each -> current.udp().openWriter(streamId, bound, each))
                .orElseGet(() -> openUdpWriter(current, streamId, bound));
        return new DirectRoute(writer, current, farReaders(current), group);
    }

    /** Where other hosts may come, a datagram fits one packet; on one host it may be long. */
    private LogWriter openUdpWriter(final AeronNode current, final int streamId, final int bound) {
        return isAlone()
                ? current.openUdpWriter(streamId, bound)
                : current.udp().openWriter(streamId, bound);
    }

    private boolean isAlone() {
        return context.listen().isEmpty() && context.peers().isEmpty();
    }

    /** Joins a log of another runtime that shares the driver. */
    LogReader join(final LogShape log) {
        return translated(
                () -> node().openSharedReader(log.sessionId(), log.streamId(), log.sequence(), log.position()));
    }

    /** Expects a log of another runtime by TCP. */
    TcpIncoming expect(final Token token) {
        return translated(() -> links(node()).expect(token.bytes()));
    }

    /** Expects a log of another runtime by UDP, at an address of this host, or sent to a group. */
    UdpArrival expect(final LogShape log, final Optional<String> group, final InetAddress at) {
        return translated(() -> node().udp()
                .expect(
                        new UdpOffer(
                                log.sessionId(),
                                log.streamId(),
                                log.sequence(),
                                log.position(),
                                UdpOffer.DEADLINE_DEFAULT,
                                group),
                        at));
    }

    private FarReaders farReaders(final AeronNode of) {
        final FarReaders readers = farReaders.computeIfAbsent(of, unused -> new FarReaders());
        listFarReaders();
        return readers;
    }

    /** After each change. One at a time: of two changes at once, the later list has both. */
    private void listFarReaders() {
        synchronized (farReaders) {
            allFarReaders = farReaders.values().toArray(FarReaders[]::new);
        }
    }

    /** A subscriber of another runtime has finished with something. */
    void consumed(final Peer peer, final long route, final long position) {
        for (final FarReaders each : allFarReaders) {
            each.consumed(peer, route, position);
        }
    }

    /** Nothing arrives any more at a runtime that has gone. */
    void lost(final Peer peer) {
        farReaders.values().forEach(each -> each.lost(peer));
    }

    /** Whether datagrams of logs that have ended are on their way; frees what is not needed any more. */
    boolean isDelivering() {
        return farReaders.values().stream().filter(FarReaders::isDelivering).count() > 0;
    }

    /** Waits for those datagrams, some seconds at the most. */
    void awaitDelivered() {
        farReaders.values().forEach(FarReaders::awaitDelivered);
    }

    /** Before a client of a media driver is closed. */
    private void forget(final AeronNode closing) {
        final FarReaders readers = farReaders.remove(closing);
        listFarReaders();
        if (readers != null) {
            readers.close();
        }
    }

    /** At which port logs are taken by TCP. */
    int linkPort() {
        return translated(() -> links(node()).address().getPort());
    }

    private synchronized TcpLinks links(final AeronNode current) {
        TcpLinks opened = links;
        if (opened == null) {
            opened = TcpLinks.launch(current, linkSettings());
            links = opened;
        }
        return opened;
    }

    /** With a secret peers of other hosts may come, at whatever address they reach this one. */
    private LinkSettings linkSettings() {
        return context.secret()
                .filter(secret -> !isAlone())
                .map(secret -> LinkSettings.at(
                        new InetSocketAddress(context.listen().map(Logs::host).orElse(ANY_HOST), 0),
                        Optional.of(Secret.of(secret))))
                .orElseGet(LinkSettings::loopback);
    }

    private static String host(final InetSocketAddress address) {
        return address.getHostString();
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
            current = launched();
            node = current;
            onLaunch.run();
            onAttached.accept(attached(current));
        }
        return current;
    }

    private AeronNode launched() {
        final AtomicLong startedAt = new AtomicLong();
        final AeronNode launched = AeronNode.launch(
                new NodeSettings(
                        context.hostDirectory(),
                        true,
                        context.termLength(),
                        context.connectTimeout(),
                        context.errorHandler()),
                dead,
                () -> onLost.accept(startedAt.get()));
        startedAt.set(launched.driverStartedAt());
        return launched;
    }

    private static Message.Attached attached(final AeronNode node) {
        return new Message.Attached(node.clientId(), node.ownsDriver(), node.driverStartedAt());
    }

    /** Which driver is used; empty when none is so far. */
    synchronized Optional<Message.Attached> attached() {
        return Optional.ofNullable(node).map(Logs::attached);
    }

    /** Joins the driver there is, or starts one. */
    Message.Attached attach() {
        return translated(() -> attached(node()));
    }

    /** Has nothing more to do with a driver that has gone; empty when it was not used. */
    synchronized Optional<FormerNode> detach(final long startedAt) {
        final AeronNode current = node;
        if (current == null || current.driverStartedAt() != startedAt) {
            return Optional.empty();
        }
        final FormerNode former = new FormerNode(current, Optional.ofNullable(links), () -> forget(current));
        current.retire();
        dead = OptionalLong.of(startedAt);
        node = null;
        links = null;
        return Optional.of(former);
    }

    /** The client of another runtime that has died holds nobody back any more. */
    synchronized void dismiss(final Message.Attached client) {
        final AeronNode current = node;
        if (current != null && current.driverStartedAt() == client.startedAt()) {
            current.dismissClient(client.clientId());
        }
    }

    /** Makes room for another driver, if one is used that ends with this runtime. */
    void retire() {
        final AeronNode current;
        synchronized (this) {
            closed = true;
            current = node;
        }
        if (current != null) {
            current.retire();
        }
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
            case GONE, LOST -> TransportError.DRIVER;
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
            forget(current);
            current.close();
        }
    }
}
