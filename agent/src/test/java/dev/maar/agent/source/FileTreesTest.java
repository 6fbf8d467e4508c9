package dev.maar.agent.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreesTest {

    @TempDir
    private Path folder;

    @Test
    void aFolderHoldsWhatIsReallyThereAndNotWhatLinksName() throws IOException {
        final Path root = Files.createDirectories(folder.resolve("root"));
        Files.createDirectories(root.resolve("in"));
        final Path outside = Files.writeString(folder.resolve("secret"), "secret");
        final Path plain = Files.writeString(root.resolve("in/plain"), "plain");
        final Path link = Files.createSymbolicLink(root.resolve("in/link"), outside);
        final Path inner = Files.createSymbolicLink(root.resolve("in/inner"), plain);
        Files.createSymbolicLink(root.resolve("behind"), folder);
        Files.createSymbolicLink(folder.resolve("way"), root);

        assertThat(FileTrees.holds(root, plain)).isTrue();
        assertThat(FileTrees.holds(root, link)).isFalse();
        assertThat(FileTrees.holds(root, inner)).isFalse();
        assertThat(FileTrees.holds(root, root.resolve("behind/secret"))).isFalse();
        assertThat(FileTrees.holds(root, root.resolve("in"))).isFalse();
        assertThat(FileTrees.holds(root, root.resolve("in/none"))).isFalse();
        assertThat(FileTrees.holds(folder.resolve("way"), folder.resolve("way/in/plain")))
                .as("a folder that is itself named by a link")
                .isTrue();
    }
}
