package dev.maar.coordinator.manifest;

import java.util.List;
import java.util.stream.Collectors;

/** Manifests that can't be used. The message is for users: every problem of every file, one a line. */
public final class ManifestException extends Exception {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // an unmodifiable list of records; never serialised
    private final List<ManifestProblem> problems;

    /**
     * Creates the exception.
     *
     * @param problems what is wrong; not empty
     */
    public ManifestException(final List<ManifestProblem> problems) {
        super(problems.stream().map(ManifestProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /**
     * Everything that is wrong.
     *
     * @return the problems, by file and line
     */
    public List<ManifestProblem> problems() {
        return problems;
    }
}
