package dev.maar.agent.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * The part of {@code /proc/PID/stat} (and of {@code status}) that is of use here; see proc(5).
 *
 * @param process the process id
 * @param state its state, such as {@code R}, {@code S}, {@code T} (stopped) or {@code Z} (ended, not yet waited for)
 * @param parent its parent's process id
 * @param group the process group it is in
 */
record ProcessStat(long process, char state, long parent, long group) {

    private static final Path PROC = Path.of("/proc");
    private static final String PEAK = "VmHWM:";
    private static final String KIBIBYTES = " kB";

    /**
     * Reads a process's.
     *
     * @param process its id
     * @return its stat, or nothing when there is no such process
     */
    static Optional<ProcessStat> of(final long process) {
        try {
            final String text =
                    Files.readString(PROC.resolve(Long.toString(process)).resolve("stat"), StandardCharsets.ISO_8859_1);
            // The name, in brackets, may hold anything: what counts comes after the last bracket.
            final String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", 4);
            return Optional.of(new ProcessStat(
                    process, fields[0].charAt(0), Long.parseLong(fields[1]), Long.parseLong(fields[2])));
        } catch (final IOException e) {
            return Optional.empty();
        }
    }

    /**
     * The most memory that a process had resident so far.
     *
     * @param process its id
     * @return bytes; nothing when there is no such process, or it has ended
     */
    static OptionalLong peakMemoryBytes(final long process) {
        try {
            final Path status = PROC.resolve(Long.toString(process)).resolve("status");
            for (final String line : Files.readAllLines(status, StandardCharsets.ISO_8859_1)) {
                if (line.startsWith(PEAK) && line.endsWith(KIBIBYTES)) {
                    final String number = line.substring(PEAK.length(), line.length() - KIBIBYTES.length());
                    return OptionalLong.of(Long.parseLong(number.strip()) << 10);
                }
            }
            return OptionalLong.empty();
        } catch (final IOException e) {
            return OptionalLong.empty();
        }
    }

    /**
     * The processes of a group that have not ended.
     *
     * @param group the group's id
     * @return their ids; empty when there are none or {@code /proc} can not be read
     */
    static List<Long> membersOf(final long group) {
        return living(stat -> stat.group() == group);
    }

    /**
     * The children of a process that have not ended.
     *
     * @param parent the process's id
     * @return their ids; empty when there are none or {@code /proc} can not be read
     */
    static List<Long> childrenOf(final long parent) {
        return living(stat -> stat.parent() == parent);
    }

    private static List<Long> living(final Predicate<ProcessStat> wanted) {
        final List<Long> members = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (final Path entry : entries) {
                final Optional<ProcessStat> stat =
                        of(Long.parseLong(entry.getFileName().toString()));
                if (stat.isPresent() && wanted.test(stat.get()) && stat.get().state() != 'Z') {
                    members.add(stat.get().process());
                }
            }
        } catch (final IOException e) {
            return List.of();
        }
        return members;
    }
}
