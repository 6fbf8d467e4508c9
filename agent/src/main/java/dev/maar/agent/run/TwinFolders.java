package dev.maar.agent.run;

import dev.maar.agent.build.BuiltAdopter;
import dev.maar.agent.build.SubjectArtifact;
import dev.maar.agent.job.SideName;
import dev.maar.agent.source.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A folder for each side with the same adopter in it, under paths of the same length; only the subject's jar, which is put there later, tells
 * them apart. Immutable.
 */
final class TwinFolders {

    private final Path folder;
    private final Path home;
    private final Path jarBefore;
    private final BuiltAdopter adopter;

    private TwinFolders(final Path folder, final Path home, final Path jarBefore, final BuiltAdopter adopter) {
        this.folder = folder;
        this.home = home;
        this.jarBefore = jarBefore;
        this.adopter = adopter;
    }

    /**
     * Copies an adopter for both sides.
     *
     * @param folder where to
     * @param built the adopter as it was built, with the subject that it was built against
     * @return the folders; nothing when the subject's jar is not on its class path
     */
    static Optional<TwinFolders> of(final Path folder, final StageRun.Ready built) throws IOException {
        final BuiltAdopter adopter = built.adopter();
        final Path home = Optional.ofNullable(adopter.directory().getParent()).orElse(adopter.directory());
        final Optional<Path> jar = jarOf(built.artifact(), adopter.classPath());
        if (jar.isEmpty()) {
            return Optional.empty();
        }
        for (final SideName name : SideName.values()) {
            final Path own = folder.resolve(name.label());
            Files.createDirectories(own);
            FileTrees.copy(
                    adopter.directory(),
                    own.resolve(home.relativize(adopter.directory()).toString()));
            for (final Path entry : adopter.classPath()) {
                if (entry.startsWith(home) && !entry.startsWith(adopter.directory())) {
                    FileTrees.copy(entry, own.resolve(home.relativize(entry).toString()));
                }
            }
        }
        return Optional.of(new TwinFolders(folder, home, jar.get(), adopter));
    }

    private static Optional<Path> jarOf(final SubjectArtifact artifact, final List<Path> classPath) {
        final String coordinates = artifact.coordinates();
        final String name = coordinates.substring(coordinates.indexOf(':') + 1) + "-" + artifact.version() + ".jar";
        final List<Path> found =
                classPath.stream().filter(entry -> entry.endsWith(name)).toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** Where a side's subject goes. */
    Path jar(final SideName name) {
        return folder.resolve(name.label()).resolve("subject.jar");
    }

    /** What pairs run on a side whose subject is in its place. */
    StageRun.Ready ready(final SideName name, final SubjectArtifact artifact) {
        final List<Path> classPath = adopter.classPath().stream()
                .map(entry -> entry.equals(jarBefore) ? jar(name) : moved(entry, name))
                .toList();
        final BuiltAdopter moved = new BuiltAdopter(
                adopter.outcome(), adopter.key(), moved(adopter.directory(), name), classPath, Optional.empty());
        return new StageRun.Ready(moved, artifact);
    }

    /** Removes both sides' folders, and whatever else lies beside them. */
    void remove() throws IOException {
        FileTrees.delete(folder);
    }

    private Path moved(final Path entry, final SideName name) {
        return entry.startsWith(home)
                ? folder.resolve(name.label()).resolve(home.relativize(entry).toString())
                : entry;
    }
}
