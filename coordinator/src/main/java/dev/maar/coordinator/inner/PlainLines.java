package dev.maar.coordinator.inner;

import java.io.PrintStream;
import java.util.Optional;

/** Writes events as lines for people, 100 columns wide where names allow; single pairs are left out. */
public final class PlainLines implements Telling {

    private final PrintStream out;

    /**
     * A writer.
     *
     * @param out where to
     */
    public PlainLines(final PrintStream out) {
        this.out = out;
    }

    @Override
    public void tell(final LoopEvent event) {
        words(event).ifPresent(line -> {
            out.println(line);
            out.flush();
        });
    }

    private static Optional<String> words(final LoopEvent event) {
        if (event instanceof final LoopEvent.Ready ready) {
            return Optional.of("watching " + String.join(", ", ready.folders()) + " (Ctrl-C ends)");
        }
        if (event instanceof final LoopEvent.Edited edited) {
            return Optional.of("\nedit " + edited.edit() + ": " + String.join(", ", edited.files()));
        }
        if (event instanceof final LoopEvent.Built built) {
            return Optional.of((built.passed() ? "  " : "  does not build: ") + indented(built.words()));
        }
        if (event instanceof final LoopEvent.First first) {
            return Optional.of("  " + first.cell() + ": " + first.glance().words() + "\n    after "
                    + first.split().words());
        }
        if (event instanceof final LoopEvent.Tested tested) {
            return Optional.of("  " + tests(tested));
        }
        if (event instanceof final LoopEvent.Cell cell) {
            return Optional.of("  " + cell.words());
        }
        if (event instanceof final LoopEvent.Profiled profiled) {
            return Optional.of("  " + profiled.cell() + ": what moved\n    " + String.join("\n    ", profiled.lines())
                    + profiled.file().map(file -> "\n    flame graph: " + file).orElse(""));
        }
        if (event instanceof final LoopEvent.Note note) {
            return Optional.of("  " + note.words());
        }
        if (event instanceof final LoopEvent.Ended ended) {
            return Optional.of(
                    "  " + ended.verdict().map(verdict -> verdict + ". ").orElse("") + ended.words());
        }
        return Optional.empty();
    }

    private static String tests(final LoopEvent.Tested tested) {
        final StringBuilder line = new StringBuilder();
        if (!tested.newlyFailing().isEmpty()) {
            line.append("BREAKS TESTS: ")
                    .append(String.join(", ", tested.newlyFailing()))
                    .append("; ");
        }
        line.append(tested.passed()).append(tested.passed() == 1 ? " test passes" : " tests pass");
        if (!tested.stillFailing().isEmpty()) {
            line.append("; on both sides fail ").append(String.join(", ", tested.stillFailing()));
        }
        return tested.words().isEmpty() ? line.toString() : line + "; " + tested.words();
    }

    private static String indented(final String lines) {
        return lines.replace("\n", "\n    ");
    }
}
