package dev.maar.agent.build;

import dev.maar.agent.job.StageStatus;
import dev.maar.agent.source.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A subject's build as it is kept in the cache; file names are relative to the build's own folder.
 *
 * @param status pass or fail; infra is never written
 * @param reason why it failed
 * @param version the unique version of all its artifacts
 * @param sha256 the hash of the first artifact's jar, or of the source
 * @param entry a class file's name in that jar
 * @param abi the hash of what a compiler sees of it; empty when that can not be told
 * @param millis how long the build took
 * @param artifacts the subject's artifact, then the modules of the same reactor that it needs
 */
record Kept(
        StageStatus status,
        String reason,
        String version,
        String sha256,
        String entry,
        String abi,
        long millis,
        List<KeptArtifact> artifacts) {

    Kept {
        artifacts = List.copyOf(artifacts);
    }

    static Kept passed(
            final String version,
            final String sha256,
            final String entry,
            final long millis,
            final List<KeptArtifact> artifacts) {
        return new Kept(StageStatus.PASS, "", version, sha256, entry, "", millis, artifacts);
    }

    /** The same with its ABI. */
    Kept withAbi(final String hash) {
        return new Kept(status, reason, version, sha256, entry, hash, millis, artifacts);
    }

    static Kept failed(final StageStatus status, final String reason, final long millis) {
        return new Kept(status, reason, "", "", "", "", millis, List.of());
    }

    /** Whether all files are still as they were kept. */
    boolean isWhole(final Path home) {
        if (status == StageStatus.FAIL) {
            return true;
        }
        try {
            for (final KeptArtifact artifact : artifacts) {
                if (!Files.exists(home.resolve(artifact.pom()))
                        || !ContentHash.ofFile(home.resolve(artifact.jar())).equals(artifact.sha256())) {
                    return false;
                }
            }
            return Files.isDirectory(home.resolve("source"));
        } catch (final IOException e) {
            // What can not be read is built again.
            return false;
        }
    }

    /**
     * One jar with its POM.
     *
     * @param coordinates {@code group:artifact}; empty when adopters do not get it from Maven
     * @param jar the jar's file name
     * @param pom the POM's file name; an empty file when there are no coordinates
     * @param sha256 the hash of the jar's bytes
     */
    record KeptArtifact(String coordinates, String jar, String pom, String sha256) {}
}
