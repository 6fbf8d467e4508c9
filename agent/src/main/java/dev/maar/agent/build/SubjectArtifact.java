package dev.maar.agent.build;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One side's subject, built.
 *
 * @param name the subject's name
 * @param coordinates {@code group:artifact}; empty when adopters do not get it from Maven
 * @param version the unique version under which adopters resolve it: equal for equal content, whatever the side
 * @param jar the artifact; nothing when there is none
 * @param pom the published POM; nothing when there is none
 * @param sha256 the hash of the jar's bytes, or of the source where there is no jar
 * @param entry the name of a class file in the jar, which a fork looks up to prove what it loaded; empty when there is none
 * @param abi the hash of what a compiler sees of the artifact; empty when that can not be told
 * @param directory the source of this side
 * @param jvmArgs flags that every JVM needs that runs the subject
 */
public record SubjectArtifact(
        String name,
        String coordinates,
        String version,
        Optional<Path> jar,
        Optional<Path> pom,
        String sha256,
        String entry,
        String abi,
        Path directory,
        List<String> jvmArgs) {

    /** Copies the list. */
    public SubjectArtifact {
        jvmArgs = List.copyOf(jvmArgs);
    }
}
