package dev.maar.coordinator.manifest;

import java.nio.file.Path;

/** Where a subject's or an adopter's source is. */
public sealed interface Source {

    /**
     * A folder of this machine.
     *
     * @param path the folder, absolute and normalised; it exists
     */
    record Folder(Path path) implements Source {}

    /**
     * A git repository.
     *
     * @param url its URL
     * @param ref what to check out; empty for a subject, whose sides say it
     */
    record Git(String url, String ref) implements Source {}

    /** None is needed: a subject that is only ever compared as published artifacts. */
    record Published() implements Source {}
}
