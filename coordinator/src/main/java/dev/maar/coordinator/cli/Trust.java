package dev.maar.coordinator.cli;

import dev.maar.coordinator.experiment.Request;
import dev.maar.coordinator.manifest.Manifest;
import dev.maar.coordinator.manifest.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whose programs a request runs. What lies in the git checkout of the working directory, or in that which Maar was started from, is the
 * user's own; a manifest or a source folder elsewhere, and whatever comes from a git URL, is not. Immutable.
 */
final class Trust {

    private final List<Path> own;

    Trust(final Path root) throws IOException {
        final List<Path> folders = new ArrayList<>(List.of(real(root)));
        final Optional<Path> checkout = checkoutOf(Path.of("").toAbsolutePath());
        if (checkout.isPresent()) {
            folders.add(real(checkout.get()));
        }
        this.own = List.copyOf(folders);
    }

    /** The first thing in a request that is not the user's own, in words; nothing when all is. */
    Optional<String> stranger(final Request request) throws IOException {
        final List<Manifest> manifests = new ArrayList<>(List.of(request.subject()));
        manifests.addAll(request.adopters());
        for (final Manifest manifest : manifests) {
            if (!isOwn(manifest.file())) {
                return Optional.of(manifest.file() + " is not in this checkout");
            }
            if (manifest.source() instanceof final Source.Folder folder && !isOwn(folder.path())) {
                return Optional.of(manifest.name() + ": its source " + folder.path() + " is not in this checkout");
            }
            if (manifest.source() instanceof final Source.Git git) {
                return Optional.of(manifest.name() + ": its source comes from " + git.url());
            }
        }
        return Optional.empty();
    }

    private boolean isOwn(final Path path) throws IOException {
        final Path real = real(path);
        return own.stream().anyMatch(real::startsWith);
    }

    private static Optional<Path> checkoutOf(final Path directory) {
        for (Path folder = directory; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(".git"))) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    private static Path real(final Path path) throws IOException {
        return path.toRealPath();
    }
}
