package dev.maar.agent.sandbox;

import java.nio.file.Path;
import java.util.List;

/**
 * What holds a launched program.
 *
 * @param namespace whether it and all it starts live in a namespace of their own for processes, behind a first process that is not
 *     theirs; killing that kills them all, wherever they went
 * @param scratchBytes how large each of its own folders for temporary files is; 0 when it has none of its own
 * @param limits how much it may use
 * @param workPlace the folders whose size is limited
 */
public record Confinement(boolean namespace, long scratchBytes, Limits limits, List<Path> workPlace) {

    /** Nothing holds it. */
    public static final Confinement NONE = new Confinement(false, 0, Limits.NONE, List.of());

    /** Copies the list. */
    public Confinement {
        workPlace = List.copyOf(workPlace);
    }
}
