package dev.maar.agent.build;

import dev.maar.agent.job.AdopterRecipe;
import dev.maar.agent.job.StageStatus;
import dev.maar.agent.source.FileMutex;
import dev.maar.agent.source.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Spares an adopter its compiler: what was compiled against another version of the subject with the same ABI is copied, and the jar on
 * its class path exchanged. Safe for several threads and processes.
 */
final class Reuse {

    private static final String SOURCE = "src";
    private static final List<String> PARTS = List.of(SOURCE, "classes", "jig-classes", "work");

    private final BuildContext context;

    Reuse(final BuildContext context) {
        this.context = context;
    }

    /**
     * A build that others can use.
     *
     * @param key its key in the cache
     * @param version the version of the subject that it was compiled against
     */
    record Donor(String key, String version) {}

    /** Lets others use a build that was compiled and passed. */
    void offer(final AdopterWork work) throws IOException {
        if (!work.abiKey().isEmpty()) {
            Store.write(donorFile(work), new Donor(work.key(), work.subject().version()));
        }
    }

    /** Takes over what another build compiled; nothing when there is none that fits. The work's folder must be there and empty. */
    Optional<List<Path>> take(final AdopterWork work) throws IOException {
        final Optional<Donor> donor =
                work.abiKey().isEmpty() ? Optional.empty() : Store.read(donorFile(work), Donor.class);
        if (donor.isEmpty() || donor.get().key().equals(work.key())) {
            return Optional.empty();
        }
        final Optional<FileMutex> lock =
                FileMutex.tryAcquire(context.lock("adopter-" + donor.get().key()));
        if (lock.isEmpty()) {
            // It is being built anew, tested or evicted: compiling is sooner done than waiting for that.
            return Optional.empty();
        }
        try (FileMutex ignored = lock.get()) {
            return take(work, donor.get());
        }
    }

    private Optional<List<Path>> take(final AdopterWork work, final Donor donor) throws IOException {
        final Path home = work.home().resolveSibling(donor.key());
        context.cache().use(home);
        final Optional<AdopterBuilder.KeptBuild> kept = Store.read(
                        home.resolve(AdopterBuilder.RECORD), AdopterBuilder.KeptBuild.class)
                .filter(build -> build.isWhole(home.resolve(SOURCE)))
                .filter(build -> build.outcome().status() == StageStatus.PASS);
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        for (final String part : PARTS) {
            if (Files.isDirectory(home.resolve(part))) {
                FileTrees.copy(home.resolve(part), work.home().resolve(part));
            }
        }
        final String coordinates = work.subject().coordinates();
        final Path before = context.repository().jar(coordinates, donor.version());
        final Path after = context.repository().jar(coordinates, work.subject().version());
        final List<Path> classPath = kept.get().classPath().stream()
                .map(Path::of)
                .map(entry -> entry.equals(before) ? after : moved(entry, home, work.home()))
                .toList();
        if (!classPath.contains(after) || !classPath.stream().allMatch(Files::exists)) {
            FileTrees.delete(work.home());
            Files.createDirectories(work.work());
            return Optional.empty();
        }
        if (work.recipe().build() instanceof final AdopterRecipe.MavenBuild maven) {
            new MavenAdopter(context, maven).substitute(work);
        }
        Files.writeString(
                work.buildLog(),
                "not compiled: what was compiled against " + coordinates + ":"
                        + donor.version() + " fits "
                        + work.subject().version() + ", since no public signature differs\n");
        Files.writeString(work.reusedMark(), donor.key());
        return Optional.of(classPath);
    }

    private Path donorFile(final AdopterWork work) {
        return context.cacheDirectory().resolve("abi").resolve(work.abiKey());
    }

    private static Path moved(final Path entry, final Path from, final Path to) {
        return entry.startsWith(from) ? to.resolve(from.relativize(entry)) : entry;
    }
}
