package dev.maar.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Where the counters of one runtime lie, for other processes to read while it counts.
 *
 * <p>Little-endian. The file begins with 64 bytes: {@link #MAGIC} (8), the process's id (8), when the runtime began to
 * count in milliseconds since 1970 (8), the number of rows in use (4). Rows of {@value #ROW_LENGTH} bytes follow: the
 * length of the topic's name in bytes (4; 0 for what is counted of topics that have no row of their own any more), the
 * transport's ordinal (4), 8 bytes in reserve, then 8 bytes for each {@link Count} in its order, and from byte
 * {@value #NAME_OFFSET} the topic's name in UTF-8, cut off at {@value #NAME_LENGTH} bytes. Several rows of the same topic
 * and transport have to be added up.
 *
 * @param rows the whole file
 * @param capacity how many rows it has room for
 * @param file where it is; empty when nobody else can read it
 */
record CounterFile(ByteBuffer rows, int capacity, Optional<Path> file) {

    /** "MAARCNT1". */
    static final long MAGIC = 0x31544E435241414DL;

    static final int HEADER_LENGTH = 64;
    static final int PID_OFFSET = 8;
    static final int STARTED_OFFSET = 16;
    static final int USED_OFFSET = 24;
    static final int ROW_LENGTH = 256;
    static final int TRANSPORT_OFFSET = 4;
    static final int COUNTS_OFFSET = 16;
    static final int NAME_OFFSET = 64;
    static final int NAME_LENGTH = ROW_LENGTH - NAME_OFFSET;

    private static final System.Logger LOG = System.getLogger(TransportRuntime.class.getName());
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final int ROWS = 2_048;
    private static final String SUFFIX = ".counters";

    /**
     * Makes the file in a directory, which is created. What processes left there that have died is removed. When it can
     * not be made, that is logged, and the counters are this process's alone.
     */
    static CounterFile open(final Path directory) {
        try {
            prepare(directory);
            removeStale(directory);
            final Path file = directory.resolve(ProcessHandle.current().pid() + "-"
                    + UUID.randomUUID().toString().substring(0, 8) + SUFFIX);
            final CounterFile counters = new CounterFile(map(file), ROWS, Optional.of(file));
            counters.rows.putLong(PID_OFFSET, ProcessHandle.current().pid());
            counters.rows.putLong(STARTED_OFFSET, System.currentTimeMillis());
            counters.rows.putLong(0, MAGIC);
            return counters;
        } catch (final IOException failure) {
            LOG.log(System.Logger.Level.INFO, "no other process can read the counters: {0}", failure.toString());
            return inMemory(ROWS);
        }
    }

    /** Where this user's counters are when no directory is named. */
    static Path ownDirectory() {
        final Path parent = Files.isDirectory(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
        return parent.resolve("maar-counters-" + System.getProperty("user.name"));
    }

    /** Counters that no other process can read. */
    static CounterFile inMemory(final int capacity) {
        final ByteBuffer rows = ByteBuffer.allocateDirect(HEADER_LENGTH + capacity * ROW_LENGTH);
        return new CounterFile(rows.order(ByteOrder.LITTLE_ENDIAN), capacity, Optional.empty());
    }

    private static void prepare(final Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
        final Path mine = Path.of("/proc/self");
        if (Files.exists(mine) && !Files.getOwner(directory).equals(Files.getOwner(mine))) {
            throw new IOException(directory + " belongs to another user");
        }
    }

    /** All blocks are written once: that there is no space is found here, and not by a signal later. */
    private static ByteBuffer map(final Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final ByteBuffer zeros = ByteBuffer.allocate(HEADER_LENGTH + ROWS * ROW_LENGTH);
            while (zeros.hasRemaining()) {
                channel.write(zeros);
            }
            final MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size());
            return mapped.order(ByteOrder.LITTLE_ENDIAN);
        } catch (final IOException failure) {
            Files.deleteIfExists(file);
            throw failure;
        }
    }

    private static void removeStale(final Path directory) throws IOException {
        for (final Path file : files(directory)) {
            final String name = file.getFileName().toString();
            final long pid = Long.parseLong(name.substring(0, name.indexOf('-')));
            if (ProcessHandle.of(pid).isEmpty()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** The counters of all runtimes that use the directory. */
    static List<Path> files(final Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().matches("\\d{1,18}-.*\\" + SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    /** Removes the file. Counting and reading in this process go on. */
    void delete() {
        if (file.isPresent()) {
            try {
                Files.deleteIfExists(file.get());
            } catch (final IOException failure) {
                LOG.log(System.Logger.Level.INFO, "the counters'' file stays: {0}", failure.toString());
            }
        }
    }
}
