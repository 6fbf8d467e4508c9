package dev.maar.agent.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maar.agent.job.SubjectRecipe;
import dev.maar.agent.sandbox.Reaper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken over from a Maven build that has run. */
class MavenSubjectTest {

    @TempDir
    Path folder;

    @Test
    void equalContentHasEqualVersionsAndAnotherVersionOfADependencyAnother() throws Exception {
        final String first = collect("a", "org.lib:lib:1").version();

        assertThat(collect("b", "org.lib:lib:1").version()).isEqualTo(first).startsWith("2.0-");
        assertThat(collect("c", "org.lib:lib:2").version()).isNotEqualTo(first);
    }

    @Test
    void theClassToProveWhatWasLoadedIsOneThatAClassLoaderFinds() throws Exception {
        assertThat(collect("a", "org.lib:lib:1").entry()).isEqualTo("org/demo/A.class");
    }

    @Test
    void theJarOfAnUnusualNameIsFoundWhenItIsTheOnlyOne() throws Exception {
        final Path root = build("a", "org.lib:lib:1");
        Files.move(root.resolve("channel/target/channel-2.0.jar"), root.resolve("channel/target/demo.jar"));
        Files.createFile(root.resolve("channel/target/demo-sources.jar"));
        assertThat(collect(root).sha256()).hasSize(64);

        Files.copy(root.resolve("channel/target/demo.jar"), root.resolve("channel/target/other.jar"));
        assertThatThrownBy(() -> collect(root))
                .isInstanceOf(NoProductException.class)
                .hasMessageContaining("channel-2.0.jar");
    }

    @Test
    void aModuleThatMakesAnotherArtifactThanTheManifestSaysIsNamed() throws Exception {
        final Path root = build("a", "org.lib:lib:1");

        assertThatThrownBy(() -> collect(root, "org.demo:chanel"))
                .isInstanceOf(NoProductException.class)
                .hasMessageContaining("org.demo:chanel")
                .hasMessageContaining("org.demo:channel");
    }

    private Kept collect(final String name, final String dependency) throws Exception {
        return collect(build(name, dependency));
    }

    private Kept collect(final Path root) throws Exception {
        return collect(root, "org.demo:channel");
    }

    private Kept collect(final Path root, final String coordinates) throws Exception {
        try (Reaper reaper = Reaper.start()) {
            final Path jig = Files.createDirectories(folder.resolve("jig"));
            final BuildContext context = BuildContext.open(
                    new BuildSettings(folder.resolve("cache"), jig, Optional.empty(), "mvn", folder, Demo.TIMEOUTS),
                    reaper,
                    BuildProgress.SILENT);
            return new MavenSubject(context, new SubjectRecipe.Maven("channel", List.of()), 0)
                    .collect(root, Files.createDirectories(folder.resolve("home")), coordinates, 1);
        }
    }

    private Path build(final String name, final String dependency) throws IOException {
        final Path module = Files.createDirectories(folder.resolve(name).resolve("channel/target"));
        Files.write(
                module.resolveSibling(".flattened-pom.xml"),
                Pom.minimal("org.demo:channel", "2.0", List.of(dependency)).getBytes(StandardCharsets.UTF_8));
        try (OutputStream out = Files.newOutputStream(module.resolve("channel-2.0.jar"));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (final String entry : List.of(
                    "META-INF/versions/21/A.class",
                    "module-info.class",
                    "org/demo/package-info.class",
                    "org/demo/B.class",
                    "org/demo/A.class")) {
                final ZipEntry fixed = new ZipEntry(entry);
                fixed.setTime(0);
                zip.putNextEntry(fixed);
            }
        }
        return folder.resolve(name);
    }
}
