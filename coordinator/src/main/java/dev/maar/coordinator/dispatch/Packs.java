package dev.maar.coordinator.dispatch;

import java.nio.file.Path;
import java.util.Optional;

/** The packs of sources that agents may fetch. Safe for several threads. */
public interface Packs {

    /**
     * A pack.
     *
     * @param sha256 its hash as somebody names it, not yet looked at
     * @return the file; nothing when there is none
     */
    Optional<Path> find(String sha256);
}
