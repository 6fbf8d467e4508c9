package dev.maar.agent.build;

import dev.maar.agent.job.Side;
import dev.maar.agent.sandbox.Reaper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What all builders share. Thread-safe.
 *
 * @param settings how and where
 * @param cacheDirectory the cache, an absolute path without symbolic links
 * @param repository the farm's Maven repository, filled
 * @param jigVersion the version of the jig API in it
 * @param reaper who kills builds if we die
 * @param progress who is told
 */
public record BuildContext(
        BuildSettings settings,
        Path cacheDirectory,
        FarmRepository repository,
        String jigVersion,
        Reaper reaper,
        BuildProgress progress) {

    /**
     * Makes the cache, fills the farm's Maven repository, once, and puts the jig API there.
     *
     * @param settings how and where
     * @param reaper who kills builds if we die
     * @param progress who is told
     * @return the context
     * @throws IOException when the cache can not be written
     * @throws InterruptedException when interrupted meanwhile
     */
    public static BuildContext open(final BuildSettings settings, final Reaper reaper, final BuildProgress progress)
            throws IOException, InterruptedException {
        final Path cache = Files.createDirectories(settings.cacheDirectory()).toRealPath();
        final FarmRepository repository = FarmRepository.open(cache.resolve("m2"), settings.userRepository(), progress);
        final JigArtifact jig = JigArtifact.install(settings.jig(), repository);
        return new BuildContext(settings, cache, repository, jig.version(), reaper, progress);
    }

    /**
     * The same with nothing built yet: what is downloaded is shared, what is built is not.
     *
     * @param folder an empty folder for what is built
     * @return the context
     * @throws IOException when the folder can not be made
     */
    public BuildContext afresh(final Path folder) throws IOException {
        return new BuildContext(
                settings, Files.createDirectories(folder).toRealPath(), repository, jigVersion, reaper, progress);
    }

    /** The jar of the jig API. */
    Path jigJar() {
        return repository.jar(JigArtifact.COORDINATES, jigVersion);
    }

    /** The home of the JDK that compiles and runs a side. */
    Path jdk(final Side side) {
        return side.jdk().isEmpty() ? settings.jdk() : Path.of(side.jdk());
    }

    /** The lock file that guards what has a key. */
    Path lock(final String key) {
        return cacheDirectory.resolve("locks").resolve(key);
    }
}
