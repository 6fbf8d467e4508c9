package dev.maar.agent.build;

import java.nio.file.Path;

/** A process that evicts whatever nobody uses. */
final class CacheEvictor {

    private CacheEvictor() {}

    /** With the cache's folder. */
    public static void main(final String[] arguments) throws Exception {
        try (BuildCache cache = BuildCache.open(Path.of(arguments[0]))) {
            cache.evict(0);
        }
    }
}
