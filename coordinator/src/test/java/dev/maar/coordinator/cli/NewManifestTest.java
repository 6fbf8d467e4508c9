package dev.maar.coordinator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A first adopter in one command. Needs Maven Central. */
final class NewManifestTest {

    @TempDir
    private Path folder;

    private MiniCrater world;

    @BeforeEach
    void world() throws IOException, InterruptedException {
        world = new MiniCrater(Files.createDirectory(folder.resolve("world")).toRealPath());
    }

    @Test
    void aLibraryGetsASubjectAnAdopterAndAJigThatRuns() throws Exception {
        final MiniCrater.Ended ended = world.maar(
                "manifest",
                "new",
                "first-loop",
                "--library",
                "org.agrona:agrona",
                "--side",
                "release:1.22.0",
                "--manifests",
                "manifests",
                "--out",
                "run");

        assertThat(ended.code()).as(ended.err() + ended.out()).isZero();
        assertThat(ended.err()).contains("first-loop.yaml").contains("next: put");
        assertThat(world.path("manifests/apps/first-loop/FirstLoopJig.java")).exists();
        assertThat(world.path("manifests/subjects/agrona.yaml")).content().contains("artifact: org.agrona:agrona");
        assertThat(world.path("run/report.json")).exists();

        final MiniCrater.Ended again = world.maar(
                "manifest", "new", "first-loop", "--library", "org.agrona:agrona", "--manifests", "manifests");
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("is there already");
    }
}
