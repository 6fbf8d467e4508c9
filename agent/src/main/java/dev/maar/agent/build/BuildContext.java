package dev.maar.agent.build;

import dev.maar.agent.sandbox.Reaper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What all builders share. Thread-safe.
 *
 * @param settings how and where
 * @param repository the farm's Maven repository, filled
 * @param reaper who kills builds if we die
 * @param progress who is told
 */
public record BuildContext(BuildSettings settings, FarmRepository repository, Reaper reaper, BuildProgress progress) {

    /**
     * Makes the cache and fills the farm's Maven repository, once.
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
        final Path cache = Files.createDirectories(settings.cacheDirectory());
        return new BuildContext(
                settings, FarmRepository.open(cache.resolve("m2"), settings.userRepository()), reaper, progress);
    }
}
