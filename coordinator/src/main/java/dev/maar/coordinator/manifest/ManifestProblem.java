package dev.maar.coordinator.manifest;

import java.nio.file.Path;

/**
 * Something wrong in a manifest.
 *
 * @param file the file, or the folder that was to be read
 * @param line the line, from 1; 0 when the whole file is meant
 * @param message what is wrong, and what to do
 */
public record ManifestProblem(Path file, int line, String message) {

    /**
     * The problem in one line.
     *
     * @return for example {@code adopters/hub.yaml:12: unknown key 'jig'; did you mean 'jigs'?}
     */
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + message;
    }
}
