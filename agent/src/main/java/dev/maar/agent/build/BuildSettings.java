package dev.maar.agent.build;

import dev.maar.agent.job.AdopterRecipe.Timeouts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How and where things are built.
 *
 * @param cacheDirectory what was built, and the farm's own Maven repository; default {@code .maar/cache}
 * @param jig the jar or the classes folder of the jig API that this Maar runs with
 * @param userRepository the local Maven repository that the farm's own is filled from; nothing for none
 * @param maven the program to call; default {@code mvn} on the path
 * @param jdk the home of the JDK for sides that do not name one; default the running one
 * @param subjectTimeouts limits of a subject's build; default 10 minutes in all, 5 minutes of silence
 * @param cacheBytes how large the kept builds may be in all, the farm's Maven repository not counted; default 10 GiB
 */
public record BuildSettings(
        Path cacheDirectory,
        Path jig,
        Optional<Path> userRepository,
        String maven,
        Path jdk,
        Timeouts subjectTimeouts,
        long cacheBytes) {

    /** How large the kept builds may be when nobody says: 10 GiB. */
    public static final long DEFAULT_CACHE_BYTES = 10L << 30;

    private static final Timeouts SUBJECT_TIMEOUTS = new Timeouts(
            Duration.ofMinutes(10).toMillis(),
            Duration.ofMinutes(10).toMillis(),
            Duration.ofMinutes(5).toMillis());

    /**
     * Settings with the default size of the cache.
     *
     * @param cacheDirectory the cache
     * @param jig the jig API's jar or classes folder
     * @param userRepository the local Maven repository that the farm's own is filled from
     * @param maven the program to call
     * @param jdk the home of the JDK for sides that do not name one
     * @param subjectTimeouts limits of a subject's build
     */
    public BuildSettings(
            final Path cacheDirectory,
            final Path jig,
            final Optional<Path> userRepository,
            final String maven,
            final Path jdk,
            final Timeouts subjectTimeouts) {
        this(cacheDirectory, jig, userRepository, maven, jdk, subjectTimeouts, DEFAULT_CACHE_BYTES);
    }

    /**
     * The same settings with another bound for the cache.
     *
     * @param bytes how large the kept builds may be in all
     * @return the settings
     */
    public BuildSettings withCacheBytes(final long bytes) {
        return new BuildSettings(cacheDirectory, jig, userRepository, maven, jdk, subjectTimeouts, bytes);
    }

    /**
     * The defaults.
     *
     * @param cacheDirectory the cache
     * @param jig the jig API's jar or classes folder
     * @return the settings
     */
    public static BuildSettings defaults(final Path cacheDirectory, final Path jig) {
        return new BuildSettings(
                cacheDirectory,
                jig,
                UserRepository.find(Path.of(System.getProperty("user.home"))),
                "mvn",
                Path.of(System.getProperty("java.home")),
                SUBJECT_TIMEOUTS);
    }
}
