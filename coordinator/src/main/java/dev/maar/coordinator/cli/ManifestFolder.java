package dev.maar.coordinator.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where manifests are when the user does not say. */
final class ManifestFolder {

    private static final Path NAME = Path.of("adopter-manifests");

    private ManifestFolder() {}

    /** The working directory's folder, or that of the checkout that Maar was started from. */
    static Path byDefault(final Path root) {
        return Files.isDirectory(NAME) ? NAME : root.resolve(NAME);
    }
}
