package dev.maar.agent.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What some processes use, as {@code /proc} says; see proc(5).
 *
 * @param memoryBytes memory that no file stands behind
 * @param tasks processes and threads
 */
record Usage(long memoryBytes, int tasks) {

    private static final Path PROC = Path.of("/proc");
    private static final Usage NOTHING = new Usage(0, 0);

    /** What the processes of a namespace use, given its first process. Cheap: the namespace's own {@code /proc} names only those. */
    static Usage ofNamespace(final long first) {
        return of(PROC.resolve(Long.toString(first)).resolve("root/proc"), Optional.empty());
    }

    /** What the processes of a group use. Takes milliseconds: the whole of {@code /proc} is looked at. */
    static Usage ofGroup(final long group) {
        return of(PROC, Optional.of(group));
    }

    private static Usage of(final Path proc, final Optional<Long> group) {
        Usage sum = NOTHING;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (final Path entry : entries) {
                final boolean counts = group.isEmpty()
                        || ProcessStat.of(Long.parseLong(entry.getFileName().toString()))
                                .filter(stat -> stat.group() == group.get())
                                .isPresent();
                if (counts) {
                    sum = sum.plus(ofProcess(entry.resolve("status")));
                }
            }
        } catch (final IOException | DirectoryIteratorException e) {
            // The namespace is gone, or its processes are another user's: then its end, and not its size, is what
            // tells.
            return sum;
        }
        return sum;
    }

    private static Usage ofProcess(final Path status) {
        long memory = 0;
        int tasks = 0;
        try {
            for (final String line : Files.readAllLines(status, StandardCharsets.ISO_8859_1)) {
                if (line.startsWith("RssAnon:")) {
                    memory = number(line) << 10;
                } else if (line.startsWith("Threads:")) {
                    tasks = (int) number(line);
                }
            }
        } catch (final IOException e) {
            return NOTHING;
        }
        return new Usage(memory, tasks);
    }

    private static long number(final String line) {
        return Long.parseLong(
                line.substring(line.indexOf(':') + 1).replace("kB", "").strip());
    }

    private Usage plus(final Usage other) {
        return new Usage(memoryBytes + other.memoryBytes, tasks + other.tasks);
    }
}
