package dev.maar.agent.doctor;

import dev.maar.agent.build.BuildCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Whether there is room to work in: the state folder's disk, and shared memory. */
final class Room {

    private static final long LEAST_DISK = 2L << 30;
    private static final long LEAST_SHARED_MEMORY = 256L << 20;

    private Room() {}

    static List<Finding> examine(final Path stateFolder, final Path sharedMemory) {
        return List.of(
                free(
                        "disk",
                        stateFolder,
                        LEAST_DISK,
                        "free some space, or point MAAR_STATE at another disk; builds and logs go there"),
                free(
                        "shared memory",
                        sharedMemory,
                        LEAST_SHARED_MEMORY,
                        "mount it larger: mount -o remount,size=1g /dev/shm (a container: --shm-size=1g)"));
    }

    /** How much the caches hold. */
    static Finding caches(final Path cache) {
        try {
            final List<BuildCache.Share> shares = BuildCache.shares(cache);
            final long all = shares.stream().mapToLong(BuildCache.Share::bytes).sum();
            final String parts = shares.stream()
                    .filter(share -> share.bytes() >= 1L << 20)
                    .map(share -> share.name() + " " + (share.bytes() >> 20))
                    .collect(Collectors.joining(", "));
            return Finding.good("caches", (all >> 20) + " MiB" + (parts.isEmpty() ? "" : " (" + parts + ")"));
        } catch (final IOException e) {
            return Finding.note("caches", cache + " can not be read: " + e.getMessage());
        }
    }

    private static Finding free(final String subject, final Path folder, final long least, final String mend) {
        try {
            Files.createDirectories(folder);
            if (!Files.isWritable(folder)) {
                return Finding.broken(subject, folder + " can not be written", mend);
            }
            final long free = Files.getFileStore(folder).getUsableSpace();
            final String detail = (free >> 20) + " MiB free in " + folder;
            return free < least ? Finding.broken(subject, detail, mend) : Finding.good(subject, detail);
        } catch (final IOException e) {
            return Finding.broken(subject, folder + ": " + e.getMessage(), mend);
        }
    }
}
