package dev.maar.coordinator.manifest;

import dev.maar.agent.job.SubjectRecipe;
import java.nio.file.Path;
import java.util.List;

/**
 * A library whose changes are judged.
 *
 * @param file the file it was read from
 * @param name its name
 * @param artifact Maven coordinates {@code group:artifact} that adopters depend on; empty for other ecosystems
 * @param source where its source is
 * @param build how it is built
 * @param jvmArgs flags that every JVM needs that runs it
 */
public record SubjectManifest(
        Path file, String name, String artifact, Source source, SubjectRecipe.Build build, List<String> jvmArgs)
        implements Manifest {

    /** Copies the list. */
    public SubjectManifest {
        jvmArgs = List.copyOf(jvmArgs);
    }

    /**
     * What a job needs of it.
     *
     * @param repository the git repository's root on this machine
     * @return the recipe
     */
    public SubjectRecipe recipe(final String repository) {
        return new SubjectRecipe(name, artifact, repository, build, jvmArgs);
    }
}
