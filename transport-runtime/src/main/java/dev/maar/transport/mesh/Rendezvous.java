package dev.maar.transport.mesh;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A directory in which the runtimes of a host meet, one socket each. It belongs to its user alone. Runtimes enter one at
 * a time: each calls those who came before it, so that no two call each other. A socket on which nobody listens is that
 * of a dead process, and is removed by who finds it.
 */
final class Rendezvous implements AutoCloseable {

    /** The system takes 107 bytes. */
    private static final int MAX_PATH_BYTES = 100;

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(10);
    private static final String SUFFIX = ".sock";
    private static final Path MEMORY = Path.of("/dev/shm");

    /** Belongs to the user who runs this process. */
    private static final Path SELF = Path.of("/proc/self");

    private final Path socket;
    private final ServerSocketChannel server;
    private final List<SocketChannel> others;

    private Rendezvous(final Path socket, final ServerSocketChannel server, final List<SocketChannel> others) {
        this.socket = socket;
        this.server = server;
        this.others = others;
    }

    /**
     * Enters.
     *
     * @param wanted where; another directory that follows from its name is used when that name is too long
     * @param id of the runtime
     * @throws MeshException when the directory is not this user's alone, or can not be used
     */
    static Rendezvous enter(final Path wanted, final UUID id) {
        final String name = ProcessHandle.current().pid() + "-" + id.toString().substring(0, 8) + SUFFIX;
        final Path directory = shortened(wanted.toAbsolutePath().normalize(), name);
        try {
            make(directory);
            try (HostLock lock = HostLock.take(directory.resolve("lock"), LOCK_TIMEOUT)) {
                return entered(directory, directory.resolve(name), lock);
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
    private static Rendezvous entered(final Path directory, final Path socket, final HostLock held) throws IOException {
        final List<SocketChannel> others = new ArrayList<>();
        for (final Path each : sockets(directory)) {
            call(each, others);
        }
        final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(socket));
            return new Rendezvous(socket, server, others);
        } catch (final IOException failure) {
            server.close();
            for (final SocketChannel each : others) {
                each.close();
            }
            throw failure;
        }
    }

    private static List<Path> sockets(final Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX)).toList();
        }
    }

    /** Connecting waits for nobody: the system does it by itself, while the other one listens. */
    private static void call(final Path socket, final List<SocketChannel> answered) throws IOException {
        final SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        boolean connected = false;
        try {
            connected = channel.connect(UnixDomainSocketAddress.of(socket));
            answered.add(channel);
        } catch (final SocketException unanswered) {
            if (!(unanswered instanceof ConnectException) && Files.exists(socket)) {
                throw unanswered;
            }
            Files.deleteIfExists(socket);
        } finally {
            if (!connected) {
                channel.close();
            }
        }
    }

    private static void make(final Path directory) throws IOException {
        final Path parent = directory.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (final FileAlreadyExistsException there) {
            checkOwn(directory);
        }
    }

    private static void checkOwn(final Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("it is no directory");
        }
        if (!Files.getAttribute(directory, "unix:uid").equals(Files.getAttribute(SELF, "unix:uid"))) {
            throw new IOException("it belongs to another user");
        }
        if (!Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS).equals(OWNER_ONLY)) {
            throw new IOException("other users may enter it");
        }
    }

    /** The same for everyone who names the same directory. */
    private static Path shortened(final Path directory, final String name) {
        final int length = directory.resolve(name).toString().getBytes(StandardCharsets.UTF_8).length;
        if (length <= MAX_PATH_BYTES) {
            return directory;
        }
        final Path parent = Files.isDirectory(MEMORY) ? MEMORY : Path.of("/tmp");
        return parent.resolve("maar-mesh-" + digest(directory.toString()));
    }

    private static String digest(final String text) {
        try {
            final byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (final GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
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
    }
}
