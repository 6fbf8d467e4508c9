package dev.maar.agent.build;

import dev.maar.agent.source.FileMutex;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A process that fills a cache and never stops by itself: for tests that kill it while it writes. */
final class CacheWriter {

    /** Large enough that most of the process's life is spent in the middle of a write. */
    private static final int BYTES = 4 << 20;

    private CacheWriter() {}

    /** Writes builds, records and artifacts into the cache that the first argument names. */
    public static void main(final String[] arguments) throws Exception {
        final Path directory = Path.of(arguments[0]).toRealPath();
        final BuildCache cache = BuildCache.open(directory);
        final FarmRepository repository = FarmRepository.open(directory.resolve("m2"), Optional.empty(), what -> {});
        final byte[] much = "x".repeat(BYTES).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        final Path jar = Files.write(directory.resolve("a.jar"), much);
        for (int i = 0; ; i++) {
            final Path home = directory.resolve("adopters").resolve("build" + i);
            try (FileMutex ignored =
                    FileMutex.acquire(directory.resolve("locks").resolve("adopter-build" + i))) {
                cache.use(home);
                Files.createDirectories(home);
                Files.write(home.resolve("half-of-it"), much);
                Store.writeAtomically(directory.resolve("class-paths").resolve("path" + i), much);
                repository.install("org.demo:lib", "1-" + i, jar, much);
                Store.writeAtomically(home.resolve("build.json"), much);
            }
        }
    }
}
