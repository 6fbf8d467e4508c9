package dev.maar.transport.tcp;

import dev.maar.transport.aeron.AeronNode;
import dev.maar.transport.aeron.LogCopies;
import dev.maar.transport.aeron.LogException;
import dev.maar.transport.aeron.LogWriter;
import dev.maar.transport.mesh.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * All TCP links of a runtime. Links authenticate their peers, but neither encrypt nor sign what follows: beyond the
 * loopback interface they are for networks of one's own. Thread-safe.
 */
public final class TcpLinks implements AutoCloseable {

    /** For how long a log that has ended is kept for a peer that can not be reached. */
    public static final Duration GIVE_UP = Duration.ofSeconds(15);

    /** For how long closing waits for logs that have ended and whose peers are there. */
    public static final Duration LINGER = Duration.ofSeconds(2);

    private static final System.Logger LOG = System.getLogger(TcpLinks.class.getName());
    private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(10);
    private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final LogCopies logs;
    private final LinkSettings settings;
    private final TcpAcceptor acceptor;
    private final LinkThread thread;

    private TcpLinks(final LogCopies logs, final LinkSettings settings, final TcpAcceptor acceptor) {
        this.logs = logs;
        this.settings = settings;
        this.acceptor = acceptor;
        this.thread = new LinkThread(acceptor);
    }

    /**
     * Starts listening on the loopback interface, without a secret.
     *
     * @param node where the logs are
     * @return the links, to be closed by the caller before the node
     * @throws LogException when no port can be had
     */
    public static TcpLinks launch(final AeronNode node) {
        return launch(node, LinkSettings.loopback());
    }

    /**
     * Starts listening.
     *
     * @param node where the logs are
     * @param settings how
     * @return the links, to be closed by the caller before the node
     * @throws LogException when the port can not be had, or strangers could reach it and there is no secret
     */
    public static TcpLinks launch(final AeronNode node, final LinkSettings settings) {
        final InetSocketAddress listen = settings.listen();
        if (listen.isUnresolved() || !settings.isSafeWith(listen.getAddress())) {
            throw new LogException(
                    LogException.Kind.NETWORK,
                    "TCP links at " + listen + " need an address that is known and a shared secret: set a secret of at"
                            + " least " + Secret.MIN_LENGTH + " characters, or listen on the loopback interface");
        }
        try {
            final TcpLinks links = new TcpLinks(node.copies(), settings, new TcpAcceptor(listen));
            links.thread.start();
            return links;
        } catch (final IOException failure) {
            throw new LogException(
                    LogException.Kind.NETWORK,
                    "no TCP port at " + listen + " (" + failure.getMessage() + "): name another address or port",
                    failure);
        }
    }

    /**
     * Where connections are taken.
     *
     * @return the address and the port
     */
    public InetSocketAddress address() {
        return acceptor.address();
    }

    /**
     * A token for a link, which both ends have to be told, nobody else.
     *
     * @return bytes that can not be guessed
     */
    public static byte[] newToken() {
        final byte[] token = new byte[Wire.TOKEN_LENGTH];
        RANDOM.nextBytes(token);
        return token;
    }

    /**
     * Sends a log to a peer that {@link #expect expects} it, from the end of the log on, and goes on trying while it can
     * not be reached.
     *
     * @param log the log
     * @param peer where the peer takes connections
     * @param token the link's
     * @return the link, to be closed by the caller
     * @throws LogException when the peer is beyond the loopback interface and there is no secret, or the driver does not
     *     answer
     */
    public TcpOutgoing open(final LogWriter log, final InetSocketAddress peer, final byte[] token) {
        if (peer.isUnresolved() || !settings.isSafeWith(peer.getAddress())) {
            throw new LogException(
                    LogException.Kind.NETWORK,
                    "a TCP link to " + peer + " needs an address that is known and a shared secret: set a secret");
        }
        final TcpSender sender =
                new TcpSender(logs, log, peer, LinkKey.of(token, settings.secret()), settings, thread::wake);
        thread.order(() -> thread.add(sender));
        return new TcpOutgoing(this, log, sender);
    }

    /**
     * Expects a log from a peer.
     *
     * @param token the link's
     * @return the link, to be closed by the caller
     */
    public TcpIncoming expect(final byte[] token) {
        final LinkKey key = LinkKey.of(token, settings.secret());
        final TcpReceiver receiver = new TcpReceiver(logs, settings);
        thread.order(() -> {
            acceptor.expect(key, receiver);
            thread.add(receiver);
        });
        return new TcpIncoming(this, logs, receiver);
    }

    /**
     * Joins a log of the node to another one of the same node, through a socket.
     *
     * @param log the log to send
     * @return the link, to be closed by the caller
     * @throws LogException when there is no space for the other log or the driver does not answer
     */
    public TcpLink open(final LogWriter log) {
        final byte[] token = newToken();
        final TcpIncoming incoming = expect(token);
        try {
            final TcpOutgoing outgoing = open(log, here(), token);
            final TcpLink link = new TcpLink(this, log, outgoing, incoming);
            if (!isTrueInTime(() -> incoming.isOpen() || incoming.refusal().isPresent()) || !incoming.isOpen()) {
                link.close();
                throw incoming.refusal()
                        .orElseGet(() -> new LogException(
                                LogException.Kind.TIMEOUT, "a TCP link did not open within " + OPEN_TIMEOUT));
            }
            return link;
        } catch (final LogException failure) {
            incoming.close();
            throw failure;
        }
    }

    private InetSocketAddress here() {
        final InetSocketAddress address = address();
        return address.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort())
                : address;
    }

    private static boolean isTrueInTime(final BooleanSupplier condition) {
        final long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start >= OPEN_TIMEOUT.toNanos()) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }

    /** Takes an end out of service; when it returns, nothing touches its log any more. */
    void close(final Worker end) {
        thread.order(() -> dispose(end));
    }

    /** Takes a sender out of service when the peer has everything of a log that has ended, or can not be reached. */
    void closeWhenDelivered(final TcpSender sender) {
        thread.order(() -> thread.addEnding(new Ending(sender, Optional.empty())));
    }

    /** Takes both ends out of service when they are through with a log that has ended. */
    void closeWhenDelivered(final TcpSender sender, final TcpReceiver receiver) {
        thread.order(() -> thread.addEnding(new Ending(sender, Optional.of(receiver))));
    }

    /** Has something done between two rounds of work, and waits until it is done. */
    void order(final Runnable work) {
        thread.order(work);
    }

    private void dispose(final Worker end) {
        if (end instanceof TcpReceiver) {
            acceptor.forget((TcpReceiver) end);
        }
        thread.remove(end);
        end.dispose();
    }

    /** A link whose log has ended, of which the receiver may be here too. */
    private final class Ending implements LinkThread.Ending {

        private final TcpSender sender;
        private final Optional<TcpReceiver> receiver;

        Ending(final TcpSender sender, final Optional<TcpReceiver> receiver) {
            this.sender = sender;
            this.receiver = receiver;
        }

        @Override
        public boolean isOver(final long now) {
            final boolean lost = sender.nanosDown(now) >= GIVE_UP.toNanos();
            if (!sender.isEnded() && !lost) {
                return false;
            }
            if (lost && !sender.isEnded()) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "a log has ended whose peer could not be reached for " + GIVE_UP
                                + ": what it had not got is lost");
            }
            dispose(sender);
            receiver.ifPresent(TcpLinks.this::dispose);
            return true;
        }

        @Override
        public boolean isWorthWaiting() {
            return receiver.isEmpty() && sender.isStreaming();
        }
    }

    /**
     * Closes all links, after a short wait for logs that have ended and whose peers are there. When it returns, nothing
     * touches the node any more.
     */
    @Override
    public void close() {
        thread.close(LINGER.toNanos());
    }
}
