package dev.maar.coordinator.manifest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong in one file. Not thread-safe. */
final class Problems {

    private final Path file;
    private final List<ManifestProblem> found = new ArrayList<>();

    Problems(final Path file) {
        this.file = file;
    }

    /**
     * Adds a problem.
     *
     * @param line the line, from 1; 0 for the whole file
     * @param message what is wrong, and what to do
     */
    void add(final int line, final String message) {
        found.add(new ManifestProblem(file, line, message));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    List<ManifestProblem> inOrder() {
        return found.stream()
                .sorted(Comparator.comparingInt(ManifestProblem::line))
                .toList();
    }
}
