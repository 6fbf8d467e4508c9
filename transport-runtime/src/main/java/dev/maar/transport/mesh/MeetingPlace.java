package dev.maar.transport.mesh;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The directory in which runtimes that name the same one put their sockets. Where its name is too long for a socket's, they
 * meet in a room of a hall that all such runtimes of this user share: a room goes with the last who leaves it, or, when
 * that one was killed, with the next who comes into any room. The hall and the lock in it stay. Belongs to its user alone.
 */
final class MeetingPlace {

    private static final System.Logger LOG = System.getLogger(MeetingPlace.class.getName());

    /** The system takes 107 bytes, of which the longest name takes 24. */
    private static final int MAX_DIRECTORY_BYTES = 76;

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final String SUFFIX = ".sock";
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final Path TEMPORARY = Path.of("/tmp");
    private static final String USER = "unix:uid";

    /** Belongs to the user who runs this process. */
    private static final Path SELF = Path.of("/proc/self");

    private final Path directory;

    /** Where the lock is: the directory itself, or the hall. */
    private final Path hall;

    private MeetingPlace(final Path directory, final Path hall) {
        this.directory = directory;
        this.hall = hall;
    }

    /**
     * The same for everyone who names the same directory.
     *
     * @param wanted where to meet
     */
    static MeetingPlace of(final Path wanted) throws IOException {
        final Path directory = wanted.toAbsolutePath().normalize();
        if (directory.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_DIRECTORY_BYTES) {
            return new MeetingPlace(directory, directory);
        }
        final Path hall = (Files.isDirectory(MEMORY) ? MEMORY : TEMPORARY)
                .resolve("maar-" + Files.getAttribute(SELF, USER) + ".meshes");
        return new MeetingPlace(hall.resolve(digest(directory.toString())), hall);
    }

    private static String digest(final String text) {
        try {
            final byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (final GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** Where the sockets are. */
    Path directory() {
        return directory;
    }

    /** The socket of that name. */
    Path socket(final String name) {
        return directory.resolve(name + SUFFIX);
    }

    /** Makes it when it is not there, and lets nobody else in until the lock is closed. */
    HostLock open(final Duration timeout) throws IOException {
        make(hall);
        final HostLock lock = HostLock.take(hall.resolve("lock"), timeout);
        boolean made = false;
        try {
            if (isRoom()) {
                removeDeserted(lock);
                make(directory);
            }
            made = true;
            return lock;
        } finally {
            if (!made) {
                lock.close();
            }
        }
    }

    private boolean isRoom() {
        return !directory.equals(hall);
    }

    /** The sockets that are there; under the lock. */
    List<Path> sockets() throws IOException {
        return sockets(directory);
    }

    private static List<Path> sockets(final Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX)).toList();
        }
    }

    /** After a socket has gone: leaves nothing behind of which nobody has need. */
    void leave(final Duration timeout) throws IOException {
        if (isRoom()) {
            try (HostLock lock = HostLock.take(hall.resolve("lock"), timeout)) {
                removeDeserted(lock);
            }
        }
    }

    /** @param held only its holder may do this */
    @SuppressWarnings("unused")
    private void removeDeserted(final HostLock held) throws IOException {
        final List<Path> rooms;
        try (Stream<Path> files = Files.list(hall)) {
            rooms = files.filter(file -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
        for (final Path room : rooms) {
            try {
                if (isDeserted(room)) {
                    Files.deleteIfExists(room);
                }
            } catch (final IOException failure) {
                LOG.log(System.Logger.Level.DEBUG, room + " can not be removed", failure);
            }
        }
    }

    private static boolean isDeserted(final Path room) throws IOException {
        boolean deserted = true;
        for (final Path socket : sockets(room)) {
            final Optional<SocketChannel> answered = call(socket);
            deserted &= answered.isEmpty();
            if (answered.isPresent()) {
                answered.get().close();
            }
        }
        return deserted;
    }

    /**
     * Connects, which waits for nobody: the system does it by itself, while the other one listens. The socket of a dead
     * process is removed.
     *
     * @return the connection, to be closed by the caller; empty when nobody listens
     */
    static Optional<SocketChannel> call(final Path socket) throws IOException {
        final SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        boolean connected = false;
        try {
            connected = channel.connect(UnixDomainSocketAddress.of(socket));
            return Optional.of(channel);
        } catch (final SocketException unanswered) {
            if (!(unanswered instanceof ConnectException) && Files.exists(socket)) {
                throw unanswered;
            }
            Files.deleteIfExists(socket);
            return Optional.empty();
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
        if (!Files.getAttribute(directory, USER).equals(Files.getAttribute(SELF, USER))) {
            throw new IOException("it belongs to another user");
        }
        if (!Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS).equals(OWNER_ONLY)) {
            throw new IOException("other users may enter it");
        }
    }
}
