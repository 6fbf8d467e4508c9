package dev.maar.agent.lease;

import dev.maar.agent.job.Delivery;
import dev.maar.agent.job.JobJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Results on disk until they are acknowledged. A result is whole or not there, whenever the process is killed. Safe for several
 * threads of one process.
 */
final class Spool {

    private static final String WHOLE = ".json";
    private static final String FRESH = ".new";

    private final Path folder;
    private final JobJson json = new JobJson();

    private Spool(final Path folder) {
        this.folder = folder;
    }

    /** Opens a spool; what a killed process had not finished writing is removed, what it had is still there. */
    static Spool open(final Path folder) throws IOException {
        Files.createDirectories(folder);
        for (final Path file : files(folder, FRESH)) {
            Files.delete(file);
        }
        return new Spool(folder);
    }

    /** A result that waits. */
    record Waiting(Path file, Delivery delivery) {}

    /** Keeps a result; it is on disk when this returns. */
    synchronized void put(final Delivery delivery) throws IOException {
        final String name = delivery.result().job().replaceAll("[^A-Za-z0-9=,._-]", "_") + "." + delivery.token();
        // Names can be longer than a file's may be, and differ only in what was replaced.
        final String file = name.substring(Math.max(0, name.length() - 100)) + "."
                + Integer.toHexString(delivery.result().job().hashCode());
        final Path fresh = folder.resolve(file + FRESH);
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            final ByteBuffer bytes = StandardCharsets.UTF_8.encode(json.write(delivery));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, folder.resolve(file + WHOLE), StandardCopyOption.ATOMIC_MOVE);
        forceFolder();
    }

    /** All that waits, the oldest first. */
    synchronized List<Waiting> waiting() throws IOException {
        final List<Waiting> all = new ArrayList<>();
        for (final Path file : files(folder, WHOLE)) {
            try {
                all.add(new Waiting(file, json.read(Files.readString(file), Delivery.class)));
            } catch (final IllegalArgumentException e) {
                // Written by another version, or damaged with the disk: it can not be handed in, and must not stop the
                // others.
                Files.move(file, file.resolveSibling(file.getFileName() + ".unreadable"));
            }
        }
        return all;
    }

    /** Forgets a result that was acknowledged. */
    synchronized void remove(final Waiting waiting) throws IOException {
        Files.deleteIfExists(waiting.file());
    }

    private static List<Path> files(final Path folder, final String ending) throws IOException {
        final List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(ending)).toList();
        }
        record Aged(Path file, long millis) {}
        final List<Aged> aged = new ArrayList<>();
        for (final Path file : files) {
            aged.add(new Aged(file, Files.getLastModifiedTime(file).toMillis()));
        }
        aged.sort(java.util.Comparator.comparingLong(Aged::millis).thenComparing(Aged::file));
        return aged.stream().map(Aged::file).toList();
    }

    /** So that the name is on disk too, and not only what it names. */
    private void forceFolder() throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
