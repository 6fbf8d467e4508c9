package dev.maar.agent.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FarmRepositoryTest {

    @TempDir
    Path folder;

    private Path user;

    @BeforeEach
    void fillTheUsers() throws Exception {
        user = folder.resolve("user");
        put("org/lib/lib/1/lib-1.jar", "jar");
        put("org/lib/lib/1/_remote.repositories", "lib-1.jar>central=\n");
        put("org/lib/lib/1/lib-1.jar.lastUpdated", "never");
        put("org/old/old/1/old-1.jar", "untracked");
        put("org/own/own/1/own-1.jar", "installed by hand");
        put("org/own/own/1/_remote.repositories", "own-1.jar>=\n");
        put("org/demo/channel/1/channel-1.jar", "released");
        put("org/demo/channel/1/_remote.repositories", "channel-1.jar>central=\n");
        put("dev/maar/jig/0.1.0/jig-0.1.0.jar", "ours, of some day");
        put("dev/maarten/x/1/x-1.jar", "somebody else's");
    }

    @Test
    void whatTheUserDownloadedIsThereWhatTheUserInstalledIsNot() throws Exception {
        final FarmRepository farm = open();

        assertThat(farm.jar("org.lib:lib", "1")).hasContent("jar");
        assertThat(farm.jar("org.old:old", "1")).hasContent("untracked");
        assertThat(farm.jar("dev.maarten:x", "1")).exists();
        assertThat(farm.jar("org.own:own", "1")).doesNotExist();
        assertThat(farm.jar("dev.maar:jig", "0.1.0")).doesNotExist();
        assertThat(farm.directory().resolve("org/lib/lib/1/lib-1.jar.lastUpdated"))
                .doesNotExist();
    }

    @Test
    void jarsAreSharedButWhatMavenChangesInPlaceIsNot() throws Exception {
        final FarmRepository farm = open();

        assertThat(Files.isSameFile(farm.jar("org.lib:lib", "1"), user.resolve("org/lib/lib/1/lib-1.jar")))
                .isTrue();
        final Path tracking = farm.directory().resolve("org/lib/lib/1/_remote.repositories");
        Files.writeString(tracking, "changed");
        assertThat(user.resolve("org/lib/lib/1/_remote.repositories")).hasContent("lib-1.jar>central=\n");
    }

    @Test
    void theSubjectsOwnArtifactIsWithheldOnceAndWhatTheFarmPutsThereLaterStays() throws Exception {
        final FarmRepository farm = open();

        farm.withhold("org.demo:channel");
        assertThat(farm.jar("org.demo:channel", "1")).doesNotExist();
        install(farm, "2-abc");
        farm.withhold("org.demo:channel");

        assertThat(farm.jar("org.demo:channel", "2-abc")).hasContent("built");
        assertThat(user.resolve("org/demo/channel/1/channel-1.jar")).hasContent("released");
        assertThat(user.resolve("org/demo/channel/2-abc")).doesNotExist();
    }

    @Test
    void fillingThatWasCutShortGoesOnWhereItWas() throws Exception {
        put(folder.resolve("farm"), "org/lib/lib/1/lib-1.jar", "jar");

        assertThat(open().jar("org.old:old", "1")).exists();
    }

    @Test
    void installingIsWholeOrNothingAndTheSecondOfTwoChangesNothing() throws Exception {
        final FarmRepository farm = open();
        install(farm, "1");
        final Path jar = farm.jar("org.demo:channel", "1");
        assertThat(jar).hasContent("released");

        Files.createDirectories(farm.directory().resolve("org/demo/channel/3"));
        put(farm.directory(), "org/demo/channel/3/channel-3.jar.lastUpdated", "not found once");
        install(farm, "3");

        assertThat(farm.jar("org.demo:channel", "3")).hasContent("built");
        try (Stream<Path> left = Files.list(farm.directory().resolve(".maar"))) {
            assertThat(left.map(path -> path.getFileName().toString())).noneMatch(name -> name.startsWith("install-"));
        }
    }

    @Test
    void theUsersRepositoryMayBeElsewhereOrNowhere() throws Exception {
        final Path home = folder.resolve("home");
        Files.createDirectories(home.resolve(".m2"));
        assertThat(UserRepository.find(home)).isEmpty();
        Files.createDirectories(home.resolve(".m2/repository"));
        assertThat(UserRepository.find(home)).contains(home.resolve(".m2/repository"));
        Files.writeString(
                home.resolve(".m2/settings.xml"),
                "<settings><!-- <localRepository>/x</localRepository> --><localRepository>" + user
                        + "</localRepository></settings>");
        assertThat(UserRepository.find(home)).contains(user);
        Files.writeString(
                home.resolve(".m2/settings.xml"), "<settings><localRepository>${env.X}/y</localRepository></settings>");
        assertThat(UserRepository.find(home)).contains(home.resolve(".m2/repository"));
        assertThat(FarmRepository.open(folder.resolve("empty"), Optional.empty(), BuildProgress.SILENT)
                        .directory())
                .isDirectory();
    }

    private FarmRepository open() throws IOException, InterruptedException {
        return FarmRepository.open(folder.resolve("farm"), Optional.of(user), BuildProgress.SILENT);
    }

    private void install(final FarmRepository farm, final String version) throws IOException {
        final Path jar = Files.writeString(folder.resolve("built.jar"), "built");
        farm.install(
                "org.demo:channel",
                version,
                jar,
                Pom.minimal("org.demo:channel", version, List.of()).getBytes(StandardCharsets.UTF_8));
    }

    private void put(final String file, final String content) throws IOException {
        put(user, file, content);
    }

    private static void put(final Path root, final String file, final String content) throws IOException {
        final Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
