package dev.maar.transport.mesh;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is to be known of addresses before anything is listened at or called. */
final class Network {

    private static final System.Logger LOG = System.getLogger(Network.class.getName());

    private Network() {}

    /** Nothing may leave this host, or be let in, without a secret. */
    static void check(final MeshSettings settings) {
        if (settings.secret().isEmpty()) {
            settings.listen().ifPresent(address -> checkLoopback("MAAR_LISTEN", address));
            settings.peers().forEach(address -> checkLoopback("MAAR_PEERS", address));
        }
    }

    private static void checkLoopback(final String setting, final InetSocketAddress address) {
        final InetSocketAddress resolved = resolved(address);
        if (resolved.isUnresolved() || !resolved.getAddress().isLoopbackAddress()) {
            throw new MeshException(setting + " names " + text(address)
                    + ", which is not on this host's loopback interface: set MAAR_SECRET to the same "
                    + Secret.MIN_LENGTH + " characters or more on all hosts");
        }
    }

    /** May wait for a name server. */
    static InetSocketAddress resolved(final InetSocketAddress address) {
        return address.isUnresolved() ? new InetSocketAddress(address.getHostString(), address.getPort()) : address;
    }

    static String text(final InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }

    static Optional<ServerSocketChannel> listening(final Optional<InetSocketAddress> address) throws IOException {
        if (address.isEmpty()) {
            return Optional.empty();
        }
        final ServerSocketChannel server = ServerSocketChannel.open();
        boolean bound = false;
        try {
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(resolved(address.get()));
            bound = true;
            return Optional.of(server);
        } catch (final IOException | UnresolvedAddressException failure) {
            throw new MeshException(
                    "MAAR_LISTEN names " + text(address.get()) + ", where nothing can be listened at (" + failure
                            + "): name an address of this host and a free port",
                    failure);
        } finally {
            if (!bound) {
                server.close();
            }
        }
    }

    /** Closes what was opened for nothing. */
    static void closeAll(final Optional<ServerSocketChannel> server, final @Nullable Selector selector) {
        try {
            if (selector != null) {
                selector.close();
            }
            if (server.isPresent()) {
                server.get().close();
            }
        } catch (final IOException failure) {
            LOG.log(System.Logger.Level.DEBUG, "what was opened for nothing can not be closed", failure);
        }
    }
}
