package dev.maar.transport.mesh;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * This runtime's place among those of its host that meet in the same directory, one socket each. Runtimes enter one at
 * a time: each calls those who came before it, so that no two call each other. A socket on which nobody listens is that
 * of a dead process, and is removed by who finds it.
 */
final class Rendezvous implements AutoCloseable {

    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LEAVE_TIMEOUT = Duration.ofSeconds(2);

    private final MeetingPlace place;
    private final Path socket;
    private final ServerSocketChannel server;
    private final List<SocketChannel> others;

    private Rendezvous(
            final MeetingPlace place,
            final Path socket,
            final ServerSocketChannel server,
            final List<SocketChannel> others) {
        this.place = place;
        this.socket = socket;
        this.server = server;
        this.others = others;
    }

    /**
     * Enters.
     *
     * @param wanted where; when its name is too long, a {@link MeetingPlace} that follows from it
     * @param id of the runtime
     * @throws MeshException when the directory is not this user's alone, or can not be used
     */
    static Rendezvous enter(final Path wanted, final UUID id) {
        final String name = ProcessHandle.current().pid() + "-" + id.toString().substring(0, 8);
        Path directory = wanted;
        try {
            final MeetingPlace place = MeetingPlace.of(wanted);
            directory = place.directory();
            try (HostLock lock = place.open(LOCK_TIMEOUT)) {
                return entered(place, place.socket(name), lock);
            }
        } catch (final IOException failure) {
            throw new MeshException(
                    "runtimes of this host can not meet in " + directory + " (" + failure.getMessage()
                            + "): name another Aeron directory",
                    failure);
        }
    }

    /** @param held only its holder may be here */
    @SuppressWarnings("unused")
    private static Rendezvous entered(final MeetingPlace place, final Path socket, final HostLock held)
            throws IOException {
        final List<SocketChannel> others = new ArrayList<>();
        for (final Path each : place.sockets()) {
            MeetingPlace.call(each).ifPresent(others::add);
        }
        final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(socket));
            return new Rendezvous(place, socket, server, others);
        } catch (final IOException failure) {
            server.close();
            for (final SocketChannel each : others) {
                each.close();
            }
            throw failure;
        }
    }

    /** Where later ones call. */
    ServerSocketChannel server() {
        return server;
    }

    /** Connections to those who were there, to be closed by the caller. */
    List<SocketChannel> others() {
        return others;
    }

    /** Leaves. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(socket);
        server.close();
        place.leave(LEAVE_TIMEOUT);
    }
}
