package dev.maar.transport.mesh;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * This runtime's place among the others: listens, calls, and keeps at most one connection to each. Its thread is a daemon
 * that sleeps while nobody says anything; only peers of other hosts, which have to show that they are alive, wake it by
 * the clock. Thread-safe.
 */
public final class Mesh implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Mesh.class.getName());

    /** So many may be connected without having greeted. */
    private static final int MAX_STRANGERS = 64;

    private static final long JOIN_MILLIS = TimeUnit.SECONDS.toMillis(2);

    /** How often positions are looked for that nobody waits for, and for how long after the last one. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long LOOKING_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** What is done with a link, at a time in nanoseconds of the monotonic clock. Made once: this is as frequent as messages. */
    private interface Work {
        void on(Link link, long now) throws IOException;
    }

    private static final Work GREET = (link, now) -> link.greet();
    private static final Work FLUSH = Link::flush;
    private static final Work SERVE = Link::serve;

    private final UUID id = UUID.randomUUID();
    private final MeshSettings settings;
    private final MeshListener listener;
    private final Rendezvous rendezvous;
    private final Optional<ServerSocketChannel> server;
    private final Selector selector;
    private final List<Dialer> dialers;
    private final List<Link> links = new ArrayList<>();
    private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private final Consumer<SelectionKey> service = this::serve;
    private final Work tending;
    private final Thread thread = new Thread(this::run, "maar-mesh");

    /** Whether the thread looks for positions to tell by the clock, because there have been some lately. */
    private volatile boolean looking;

    private long lastMoved;
    private volatile boolean closed;

    private Mesh(
            final MeshSettings settings,
            final MeshListener listener,
            final Optional<ServerSocketChannel> server,
            final Selector selector) {
        this.settings = settings;
        this.listener = listener;
        this.server = server;
        this.selector = selector;
        this.rendezvous = Rendezvous.enter(settings.directory(), id);
        this.tending = (link, now) -> link.tend(now, settings);
        this.dialers = settings.peers().stream().map(Dialer::new).toList();
    }

    /**
     * Begins to listen and to call.
     *
     * @param settings how
     * @param listener told of everything that happens
     * @return the mesh, to be closed by the caller
     * @throws MeshException when it can not be done as it is set up
     */
    public static Mesh launch(final MeshSettings settings, final MeshListener listener) {
        Network.check(settings);
        Optional<ServerSocketChannel> server = Optional.empty();
        Selector selector = null;
        Mesh mesh = null;
        try {
            server = Network.listening(settings.listen());
            selector = Selector.open();
            mesh = new Mesh(settings, listener, server, selector);
            mesh.start();
            return mesh;
        } catch (final IOException failure) {
            throw new MeshException("the mesh can not be started: " + failure.getMessage(), failure);
        } finally {
            if (mesh == null) {
                Network.closeAll(server, selector);
            }
        }
    }

    private void start() throws IOException {
        final long now = System.nanoTime();
        accepting(rendezvous.server());
        if (server.isPresent()) {
            accepting(server.get());
        }
        for (final SocketChannel channel : rendezvous.others()) {
            final Link link = link(channel, Dialer.ONCE, now);
            attempt(link, GREET, now);
        }
        thread.setDaemon(true);
        thread.start();
    }

    private void accepting(final ServerSocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_ACCEPT);
    }

    private Link link(final SocketChannel channel, final Dialer dialer, final long now) throws IOException {
        final boolean local = dialer == Dialer.ONCE || channel.getLocalAddress() instanceof UnixDomainSocketAddress;
        channel.configureBlocking(false);
        if (!local) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        final Secret secret = settings.secret().orElse(Secret.PUBLIC);
        final Link link = new Link(this, channel, dialer, local, secret, now);
        final int interest = channel.isConnected() ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT;
        link.register(channel.register(selector, interest, link));
        links.add(link);
        return link;
    }

    /**
     * This runtime.
     *
     * @return its id, which no other runtime has
     */
    public UUID id() {
        return id;
    }

    /**
     * Where runtimes of other hosts can connect.
     *
     * @return the address with the port that is really listened at; empty when there is none
     */
    public Optional<InetSocketAddress> listenAddress() {
        return server.map(channel -> (InetSocketAddress) channel.socket().getLocalSocketAddress());
    }

    private void run() {
        while (!closed) {
            try {
                final long wait = looking ? Math.min(LOOK_NANOS, tend()) : tend();
                if (wait == Long.MAX_VALUE) {
                    selector.select(service);
                } else {
                    selector.select(service, Math.max(1, TimeUnit.NANOSECONDS.toMillis(wait) + 1));
                }
                runOrders();
            } catch (final ClosedSelectorException | IOException failure) {
                LOG.log(System.Logger.Level.ERROR, "this runtime has lost touch with all others", failure);
                closed = true;
            }
        }
        List.copyOf(links).forEach(link -> end(link, "this runtime closes"));
    }

    private void runOrders() {
        for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
            order.run();
        }
        tellMoved();
        if (looking && System.nanoTime() - lastMoved >= LOOKING_NANOS) {
            looking = false;
            tellMoved(); // who moved on while this thread seemed to look did not wake it
        }
    }

    private void tellMoved() {
        for (int i = links.size() - 1; i >= 0; i--) {
            final Link link = links.get(i);
            if (link.hasMoved()) {
                lastMoved = System.nanoTime();
                looking = true;
                attempt(link, FLUSH, lastMoved);
            }
        }
    }

    private void serve(final SelectionKey ready) {
        final long now = System.nanoTime();
        if (ready.attachment() instanceof final Link link) {
            attempt(link, SERVE, now);
        } else {
            accept((ServerSocketChannel) ready.channel(), now);
        }
    }

    private void accept(final ServerSocketChannel from, final long now) {
        try {
            final SocketChannel channel = from.accept();
            if (channel == null) {
                return;
            }
            if (links.stream().filter(link -> !link.isUp()).count() >= MAX_STRANGERS) {
                channel.close();
                return;
            }
            final Link link = link(channel, Dialer.NONE, now);
            attempt(link, GREET, now);
        } catch (final IOException failure) {
            LOG.log(System.Logger.Level.WARNING, "a connection could not be taken", failure);
        }
    }

    private void attempt(final Link link, final Work work, final long now) {
        try {
            if (!link.isClosed()) {
                work.on(link, now);
                link.flush(System.nanoTime());
            }
        } catch (final IOException | CancelledKeyException broken) {
            end(link, String.valueOf(broken.getMessage()));
        }
    }

    private long tend() {
        final long now = System.nanoTime();
        long wait = Long.MAX_VALUE;
        for (int i = 0; i < dialers.size(); i++) {
            final Dialer dialer = dialers.get(i);
            if (dialer.waitsFor(now) <= 0) {
                call(dialer, now);
            }
            wait = Math.min(wait, dialer.waitsFor(now));
        }
        for (int i = links.size() - 1; i >= 0; i--) {
            final Link link = links.get(i);
            attempt(link, tending, now);
            wait = Math.min(wait, link.isClosed() ? Long.MAX_VALUE : link.tendAgainIn());
        }
        return wait;
    }

    private void call(final Dialer dialer, final long now) {
        final UUID known = dialer.answered();
        if (known != null && find(known) != null) {
            dialer.rests(now);
            return;
        }
        dialer.calls();
        CompletableFuture.supplyAsync(() -> Network.resolved(dialer.address()))
                .whenComplete((address, failure) -> order(() -> {
                    if (address == null || address.isUnresolved()) {
                        LOG.log(
                                System.Logger.Level.DEBUG,
                                () -> "nobody knows the host of " + Network.text(dialer.address()));
                        dialer.rests(System.nanoTime());
                    } else {
                        connect(dialer, address);
                    }
                }));
    }

    private void connect(final Dialer dialer, final InetSocketAddress address) {
        final long now = System.nanoTime();
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open();
            channel.configureBlocking(false);
            final boolean connected = channel.connect(address);
            final Link link = link(channel, dialer, now);
            if (connected) {
                attempt(link, GREET, now);
            }
        } catch (final IOException failure) {
            unimportant("no connection to " + Network.text(address), failure);
            closeQuietly(channel);
            dialer.rests(now);
        }
    }

    private void closeQuietly(final @Nullable SocketChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (final IOException failure) {
            unimportant("a connection can not be closed", failure);
        }
    }

    private @Nullable Link find(final UUID peer) {
        return links.stream()
                .filter(link -> link.isUp() && link.id().equals(peer))
                .findFirst()
                .orElse(null);
    }

    /** The other side has greeted and proved what it had to. Of two connections to the same runtime one has to go. */
    void risen(final Link link) {
        link.dialer().answered(link.id());
        final Link earlier = links.stream()
                .filter(each -> each != link && each.isUp() && each.id().equals(link.id()))
                .findFirst()
                .orElse(null);
        if (earlier != null && isPreferred(earlier, link)) {
            end(link, "there is another connection to it");
            return;
        }
        if (earlier != null) {
            end(earlier, "there is another connection to it");
        }
        link.isKnown(true);
        notifying(() -> listener.onFound(link));
    }

    /** Both sides come to the same: on one host its own sockets, else the call of the smaller id, else the newer one. */
    private static boolean isPreferred(final Link earlier, final Link later) {
        if (earlier.isSameHost() != later.isSameHost()) {
            return earlier.isSameHost();
        }
        return earlier.caller().compareTo(later.caller()) < 0;
    }

    void received(final Link link, final Message message) {
        if (!link.isClosed()) {
            notifying(() -> listener.onMessage(link, message));
        }
    }

    void consumed(final Link link, final long route, final long position) {
        if (!link.isClosed()) {
            listener.onConsumed(link, route, position);
        }
    }

    private void end(final Link link, final String why) {
        if (link.isClosed()) {
            return;
        }
        link.close(true);
        links.remove(link);
        link.dialer().rests(System.nanoTime());
        if (link.isKnown()) {
            LOG.log(System.Logger.Level.DEBUG, () -> link + " is no peer any more: " + why);
            notifying(() -> listener.onLost(link, link.isOrderly()));
        } else {
            final System.Logger.Level level = link.hasGreeted() ? System.Logger.Level.INFO : System.Logger.Level.DEBUG;
            LOG.log(level, () -> link + " is no peer: " + why);
        }
    }

    private void notifying(final Runnable work) {
        try {
            work.run();
        } catch (final RuntimeException failure) {
            LOG.log(System.Logger.Level.ERROR, "what a peer said could not be dealt with", failure);
        }
    }

    void flushSoon(final Link link) {
        order(() -> attempt(link, FLUSH, System.nanoTime()));
    }

    /** Some link has positions to tell; whoever tells them need not wake the thread while it looks by itself. */
    void moved(final boolean now) {
        if (now || !looking) {
            selector.wakeup();
        }
    }

    private void order(final Runnable work) {
        orders.add(work);
        selector.wakeup();
    }

    void unimportant(final String what, final Exception failure) {
        LOG.log(System.Logger.Level.DEBUG, what, failure);
    }

    /** Takes leave of all peers. When it returns, the listener is told nothing any more. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            if (Thread.currentThread() != thread) {
                thread.join(JOIN_MILLIS);
            }
            rendezvous.close();
            Network.closeAll(server, selector);
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (final IOException failure) {
            unimportant("the place among the runtimes of this host can not be left properly", failure);
        }
    }
}
