package dev.maar.coordinator.cli;

import dev.maar.coordinator.inner.JsonLines;
import dev.maar.coordinator.inner.LoopEvent;
import dev.maar.coordinator.inner.PlainLines;
import dev.maar.coordinator.inner.Telling;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the inner loop's events go: lines for people, lines of JSON for programs, or both. */
final class Lines implements Telling, AutoCloseable {

    private final Telling telling;
    private final Optional<PrintStream> file;

    private Lines(final Telling telling, final Optional<PrintStream> file) {
        this.telling = telling;
        this.file = file;
    }

    /**
     * Opens them.
     *
     * @param plain where lines for people go; nowhere when quiet
     * @param json the file for lines of JSON, {@code -} for standard output
     */
    static Lines open(final Optional<PrintStream> plain, final Optional<String> json) throws IOException {
        final Telling people = plain.<Telling>map(PlainLines::new).orElse(event -> {});
        if (json.isEmpty()) {
            return new Lines(people, Optional.empty());
        }
        if (json.get().equals("-")) {
            return new Lines(people.and(new JsonLines(System.out)), Optional.empty());
        }
        final PrintStream file =
                new PrintStream(Files.newOutputStream(Path.of(json.get())), true, StandardCharsets.UTF_8);
        return new Lines(people.and(new JsonLines(file)), Optional.of(file));
    }

    @Override
    public void tell(final LoopEvent event) {
        telling.tell(event);
    }

    @Override
    public void close() {
        file.ifPresent(PrintStream::close);
    }
}
