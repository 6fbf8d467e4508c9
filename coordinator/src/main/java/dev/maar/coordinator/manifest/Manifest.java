package dev.maar.coordinator.manifest;

import java.nio.file.Path;

/** A manifest that was read and found in order. Immutable. */
public sealed interface Manifest permits SubjectManifest, AdopterManifest {

    /**
     * The file it was read from.
     *
     * @return the file, as it was found from the folder that was given
     */
    Path file();

    /**
     * Its name: lower-case letters, digits and hyphens.
     *
     * @return the name
     */
    String name();

    /**
     * Where the source is.
     *
     * @return a folder or a git repository
     */
    Source source();
}
