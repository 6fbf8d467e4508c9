package dev.maar.agent.build;

import dev.maar.agent.job.AdopterRecipe;
import dev.maar.agent.source.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Whether what an adopter was built against is its side's subject. Pure functions over files. */
final class Resolution {

    private Resolution() {}

    /**
     * What is wrong with a class path.
     *
     * @param work the adopter and the side
     * @param classPath what its build resolved
     * @param repository where the subject's versions are
     * @return words for the user, or nothing when the side's subject and no other version of it is there
     */
    static Optional<String> objection(
            final AdopterWork work, final List<Path> classPath, final FarmRepository repository) throws IOException {
        final String coordinates = work.subject().coordinates();
        if (coordinates.isEmpty() || work.subject().jar().isEmpty()) {
            return Optional.empty();
        }
        final Path expected = repository.jar(coordinates, work.subject().version());
        final List<Path> found = classPath.stream()
                .filter(jar -> repository.isOf(coordinates, jar))
                .distinct()
                .toList();
        if (found.contains(expected) && found.stream().allMatch(jar -> jar.startsWith(expected.getParent()))) {
            return Files.exists(expected)
                            && !ContentHash.ofFile(expected)
                                    .equals(work.subject().sha256())
                    ? Optional.of("the farm's Maven repository has other bytes for " + expected.getFileName()
                            + " than the side; remove " + expected.getParent())
                    : Optional.empty();
        }
        if (found.isEmpty()) {
            return work.recipe().build() instanceof AdopterRecipe.MavenBuild
                    ? Optional.of("the build does not use the subject: " + coordinates
                            + " is not on its class path. Is 'subject' of the manifest right?")
                    : Optional.empty();
        }
        final String names = String.join(
                ", ",
                found.stream().map(jar -> String.valueOf(jar.getFileName())).toList());
        return Optional.of("the build resolved " + names + " and not the side's version "
                + work.subject().version()
                + ". Is 'versionProperty' of the manifest the property that its POM uses? Leave it out when the POM"
                + " writes the version literally.");
    }
}
