package dev.maar.transport.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What has been measured so far, a line each, so that a run of an hour can be interrupted and gone on with. */
final class Log {

    private static final int FIELDS = 6;

    private final Path file;
    private final Set<String> done = new HashSet<>();

    private Log(final Path file) {
        this.file = file;
    }

    /** Begins a new one. */
    static Log begin(final Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.deleteIfExists(file);
        return new Log(file);
    }

    /** Goes on with one, if there is any; what is in it is among the results. */
    static Log resume(final Path file, final Results into) throws IOException {
        final Log log = new Log(file);
        if (!Files.exists(file)) {
            return begin(file);
        }
        for (final String line : Files.readAllLines(file)) {
            final String[] fields = line.split("\t", -1);
            if (fields.length == FIELDS) {
                final Candidate candidate = Candidate.of(fields[0]);
                final Cell cell =
                        new Cell(Pattern.valueOf(fields[1]), Integer.parseInt(fields[2]), Integer.parseInt(fields[3]));
                final int round = Integer.parseInt(fields[4]);
                into.add(candidate, cell, round, Double.parseDouble(fields[5]));
                log.done.add(key(candidate, cell, round));
            }
        }
        return log;
    }

    private static String key(final Candidate candidate, final Cell cell, final int round) {
        return candidate.label() + "\t" + cell.pattern().name() + "\t" + cell.processes() + "\t" + cell.size() + "\t"
                + round;
    }

    boolean has(final Candidate candidate, final Cell cell, final int round) {
        return done.contains(key(candidate, cell, round));
    }

    /** What one process measured: all of it at once, so that an interruption leaves no half of it. */
    void add(final Candidate candidate, final int round, final Set<Measured> measured) throws IOException {
        final String lines = measured.stream()
                .map(each -> String.format(
                        Locale.ROOT, "%s\t%s%n", key(candidate, each.cell(), round), Double.toString(each.nanos())))
                .collect(Collectors.joining());
        Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** A time in nanoseconds per message. */
    record Measured(Cell cell, double nanos) {}
}
