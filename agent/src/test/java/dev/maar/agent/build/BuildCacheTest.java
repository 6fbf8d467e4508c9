package dev.maar.agent.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maar.agent.source.FileMutex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildCacheTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int KILLS = 5;

    @TempDir
    Path folder;

    private Path directory;

    @BeforeEach
    void makeTheFolder() throws Exception {
        directory = Files.createDirectory(folder.resolve("cache")).toRealPath();
    }

    private Path build(final String name, final int bytes, final int minute) throws IOException {
        final Path home = Files.createDirectories(directory.resolve("adopters").resolve(name));
        Files.write(home.resolve("src"), new byte[bytes]);
        Files.writeString(home.resolve("build.json"), "{}");
        Files.setLastModifiedTime(home, FileTime.from(Instant.EPOCH.plusSeconds(60L * minute)));
        return home;
    }

    @Test
    void theLeastRecentlyUsedGoFirstUntilTheRestFits() throws Exception {
        final Path middle = build("middle", 1000, 2);
        final Path oldest = build("oldest", 1000, 1);
        final Path newest = build("newest", 1000, 3);
        try (BuildCache cache = BuildCache.open(directory)) {
            assertThat(cache.evict(4000)).isZero();
            assertThat(cache.evict(2500)).isEqualTo(1002);
            assertThat(oldest).doesNotExist();
            assertThat(middle).exists();
            cache.use(middle);
        }
        try (BuildCache cache = BuildCache.open(directory)) {
            cache.evict(1500);
            assertThat(newest).doesNotExist();
            assertThat(middle).exists();
        }
    }

    @Test
    void whatSomebodyUsesOrBuildsStays() throws Exception {
        final Path used = build("used", 1000, 1);
        final Path locked = build("locked", 1000, 2);
        final Path unused = build("unused", 1000, 3);
        try (BuildCache user = BuildCache.open(directory);
                BuildCache other = BuildCache.open(directory)) {
            user.use(used);
            try (FileMutex ignored =
                    FileMutex.acquire(directory.resolve("locks").resolve("adopter-locked"))) {
                other.evict(0);
            }
            assertThat(used).exists();
            assertThat(locked).exists();
            assertThat(unused).doesNotExist();
            other.evict(0);
            assertThat(locked).doesNotExist();
            assertThat(used).exists();
            user.close();
            other.evict(0);
            assertThat(used).doesNotExist();
        }
    }

    @Test
    void whoHasLookedForWhatToEvictIsStillAUserInTheEyesOfOtherProcesses() throws Exception {
        final Path used = build("used", 1000, 1);
        try (BuildCache cache = BuildCache.open(directory)) {
            cache.use(used);
            cache.evict(0);
            evictElsewhere();
            assertThat(used).exists();
        }
    }

    @Test
    void twoUsersInOneProcessAreBothUsersInTheEyesOfOtherProcesses() throws Exception {
        final Path first = build("first", 1000, 1);
        final Path second = build("second", 1000, 2);
        try (BuildCache one = BuildCache.open(directory);
                BuildCache other = BuildCache.open(directory)) {
            one.use(first);
            other.use(second);
            one.evict(0);
            other.evict(0);
            evictElsewhere();
            assertThat(first).exists();
            assertThat(second).exists();
            other.close();
            evictElsewhere();
            assertThat(first).exists();
            assertThat(second).doesNotExist();
        }
        try (Stream<Path> left = Files.list(directory.resolve("users"))) {
            assertThat(left).isEmpty();
        }
    }

    private void evictElsewhere() throws Exception {
        final Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CacheEvictor.class.getName(),
                        directory.toString())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectErrorStream(true)
                .start();
        assertThat(other.waitFor()).as(Files.readString(folder.resolve("out"))).isZero();
    }

    @Test
    void halfABuildIsRemovedAtTheNextStartUnlessSomebodyMayBeBuildingIt() throws Exception {
        final Path whole = build("whole", 10, 1);
        final Path half = build("half", 10, 1);
        Files.delete(half.resolve("build.json"));
        final BuildCache first = BuildCache.open(directory);
        assertThat(half).doesNotExist();
        build("half", 10, 1);
        Files.delete(half.resolve("build.json"));
        BuildCache.open(directory).close();
        assertThat(half).exists();
        first.close();
        BuildCache.open(directory).close();
        assertThat(half).doesNotExist();
        assertThat(whole).exists();
    }

    @Test
    void aProcessKilledInTheMiddleOfAWriteLeavesWhatIsWholeAndNothingElse() throws Exception {
        for (int kill = 1; kill <= KILLS; kill++) {
            final int already = whole().size();
            final Process writer = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            CacheWriter.class.getName(),
                            directory.toString())
                    .redirectOutput(folder.resolve("out").toFile())
                    .redirectErrorStream(true)
                    .start();
            await().atMost(LIMIT).until(() -> whole().size() > already || !writer.isAlive() || halfBuilt());
            assertThat(writer.isAlive())
                    .as(Files.readString(folder.resolve("out")))
                    .isTrue();
            writer.destroyForcibly().waitFor();

            try (BuildCache cache = BuildCache.open(directory)) {
                assertThat(halfBuilt()).isFalse();
                assertThat(partial()).isEmpty();
                for (final Path record : whole()) {
                    assertThat(Files.size(record)).isEqualTo(4 << 20);
                }
                final FarmRepository repository =
                        FarmRepository.open(directory.resolve("m2"), Optional.empty(), what -> {});
                assertThat(repository.directory()).exists();
                assertThat(cache.evict(Long.MAX_VALUE)).isZero();
            }
        }
        try (BuildCache cache = BuildCache.open(directory)) {
            cache.evict(0);
            assertThat(whole().stream().filter(file -> file.endsWith("build.json")))
                    .isEmpty();
        }
        assertThat(BuildCache.shares(directory))
                .filteredOn(share -> share.name().equals("adopters"))
                .allMatch(share -> share.bytes() == 0);
    }

    /** Every record and artifact that counts as there. */
    private List<Path> whole() throws IOException {
        return files(path -> path.endsWith("build.json")
                || path.toString().contains("/class-paths/path")
                || path.toString().matches(".*/m2/org/.*\\.jar"));
    }

    private boolean halfBuilt() throws IOException {
        final Path adopters = directory.resolve("adopters");
        if (!Files.isDirectory(adopters)) {
            return false;
        }
        try (Stream<Path> homes = Files.list(adopters)) {
            return homes.anyMatch(home -> !Files.exists(home.resolve("build.json")));
        }
    }

    private List<Path> partial() throws IOException {
        return files(path -> path.getFileName().toString().startsWith(".build.json")
                || path.getFileName().toString().startsWith(".path")
                || path.toString().contains("/install-"));
    }

    private List<Path> files(final java.util.function.Predicate<Path> wanted) throws IOException {
        try (Stream<Path> files =
                Files.find(directory, 20, (path, attributes) -> attributes.isRegularFile() && wanted.test(path))) {
            return files.toList();
        } catch (final java.io.UncheckedIOException e) {
            // The writer moved a folder away while it was looked at.
            return List.of();
        }
    }
}
