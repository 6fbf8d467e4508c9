package dev.maar.agent.build;

import dev.maar.agent.job.Side;
import dev.maar.agent.sandbox.NoSandbox;
import dev.maar.agent.sandbox.Reaper;
import dev.maar.agent.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What all builders share. Thread-safe.
 *
 * @param settings how and where
 * @param cacheDirectory the cache, an absolute path without symbolic links
 * @param cache says which builds are in use, and evicts others
 * @param repository the farm's Maven repository, filled
 * @param jigVersion the version of the jig API in it
 * @param sandbox what keeps builds and tests to their place
 * @param reaper who kills builds if we die
 * @param progress who is told
 */
public record BuildContext(
        BuildSettings settings,
        Path cacheDirectory,
        BuildCache cache,
        FarmRepository repository,
        String jigVersion,
        Sandbox sandbox,
        Reaper reaper,
        BuildProgress progress) {

    /**
     * The context of builds that nothing keeps to their place; see {@link #open(BuildSettings, Sandbox, Reaper, BuildProgress)}.
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
        return open(settings, new NoSandbox(), reaper, progress);
    }

    /**
     * Makes the cache, fills the farm's Maven repository, once, and puts the jig API there.
     *
     * @param settings how and where
     * @param sandbox what keeps builds and tests to their place
     * @param reaper who kills builds if we die
     * @param progress who is told
     * @return the context
     * @throws IOException when the cache can not be written
     * @throws InterruptedException when interrupted meanwhile
     */
    public static BuildContext open(
            final BuildSettings settings, final Sandbox sandbox, final Reaper reaper, final BuildProgress progress)
            throws IOException, InterruptedException {
        final Path directory =
                Files.createDirectories(settings.cacheDirectory()).toRealPath();
        final BuildCache cache = BuildCache.open(directory);
        final FarmRepository repository =
                FarmRepository.open(directory.resolve("m2"), settings.userRepository(), progress);
        final JigArtifact jig = JigArtifact.install(settings.jig(), repository);
        return new BuildContext(settings, directory, cache, repository, jig.version(), sandbox, reaper, progress);
    }

    /**
     * The same with nothing built yet: what is downloaded is shared, what is built is not, and counts as nothing that is kept.
     *
     * @param folder an empty folder for what is built
     * @return the context
     * @throws IOException when the folder can not be made
     */
    public BuildContext afresh(final Path folder) throws IOException {
        final Path directory = Files.createDirectories(folder).toRealPath();
        return new BuildContext(
                settings, directory, cache, repository, jigVersion, sandbox.seeing(directory), reaper, progress);
    }

    /** The jar of the jig API. */
    Path jigJar() {
        return repository.jar(JigArtifact.COORDINATES, jigVersion);
    }

    /**
     * The home of the JDK that compiles and runs a side.
     *
     * @param side the side
     * @return the folder
     */
    public Path jdk(final Side side) {
        return side.jdk().isEmpty() ? settings.jdk() : Path.of(side.jdk());
    }

    /** The lock file that guards what has a key. */
    Path lock(final String key) {
        return cacheDirectory.resolve("locks").resolve(key);
    }
}
