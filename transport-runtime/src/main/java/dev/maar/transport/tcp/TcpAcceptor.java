package dev.maar.transport.tcp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * Takes connections and brings each to the receiver whose token it greets with. Whoever greets otherwise, or not in time,
 * is sent away. For the links' thread.
 */
final class TcpAcceptor implements Worker {

    private static final System.Logger LOG = System.getLogger(TcpAcceptor.class.getName());
    private static final int MAX_STRANGERS = 64;

    /** A connection that has not finished its greeting. */
    private record Stranger(SocketChannel channel, ByteBuffer greeting, long since) {}

    private record Expected(byte[] token, TcpReceiver receiver) {}

    private final ServerSocketChannel server;
    private final InetSocketAddress address;
    private final List<Stranger> strangers = new ArrayList<>();
    private final List<Expected> expected = new ArrayList<>();

    /** Listens on a port of its own on the loopback interface. */
    TcpAcceptor() throws IOException {
        server = ServerSocketChannel.open();
        try {
            server.configureBlocking(false);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            address = (InetSocketAddress) server.getLocalAddress();
        } catch (final IOException failure) {
            CloseHelper.quietClose(server);
            throw failure;
        }
    }

    InetSocketAddress address() {
        return address;
    }

    void expect(final byte[] token, final TcpReceiver receiver) {
        expected.add(new Expected(token, receiver));
    }

    void forget(final TcpReceiver receiver) {
        expected.removeIf(each -> each.receiver() == receiver);
    }

    @Override
    public int work(final long now) {
        int work = 0;
        try {
            final SocketChannel arrived = strangers.size() < MAX_STRANGERS ? server.accept() : null;
            if (arrived != null) {
                arrived.configureBlocking(false);
                strangers.add(new Stranger(arrived, ByteBuffer.allocate(Wire.GREETING_LENGTH), now));
                work++;
            }
        } catch (final IOException failure) {
            LOG.log(System.Logger.Level.WARNING, "a TCP connection could not be taken", failure);
        }
        final Iterator<Stranger> each = strangers.iterator();
        while (each.hasNext()) {
            if (isSettled(each.next(), now)) {
                each.remove();
                work++;
            }
        }
        return work;
    }

    private boolean isSettled(final Stranger stranger, final long now) {
        try {
            final int read = stranger.channel().read(stranger.greeting());
            if (!stranger.greeting().hasRemaining()) {
                final TcpReceiver receiver = receiver(stranger.greeting().flip());
                if (receiver == null) {
                    throw new IOException("it does not know the token of any link");
                }
                receiver.attach(stranger.channel(), now);
                return true;
            }
            if (read < 0 || now - stranger.since() >= Wire.SILENCE_NANOS) {
                throw new IOException("it did not greet");
            }
            return false;
        } catch (final IOException refused) {
            LOG.log(System.Logger.Level.INFO, () -> "a TCP connection was refused: " + refused.getMessage());
            CloseHelper.quietClose(stranger.channel());
            return true;
        }
    }

    private @Nullable TcpReceiver receiver(final ByteBuffer greeting) {
        if (greeting.getLong() != Wire.MAGIC) {
            return null;
        }
        final byte[] token = new byte[Wire.TOKEN_LENGTH];
        greeting.get(token);
        TcpReceiver found = null;
        for (final Expected each : expected) {
            if (MessageDigest.isEqual(each.token(), token)) {
                found = each.receiver();
            }
        }
        return found;
    }

    @Override
    public void dispose() {
        CloseHelper.quietClose(server);
        strangers.forEach(stranger -> CloseHelper.quietClose(stranger.channel()));
    }
}
