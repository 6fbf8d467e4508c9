package dev.maar.agent.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {

    @TempDir
    Path folder;

    @Test
    void inARepositoryItHoldsWhatGitSeesOfTheFolderAsItIsNow() throws Exception {
        final Repository repository = new Repository(folder.resolve("r"));
        repository
                .write(".gitignore", "*.log\n")
                .write("app/a.txt", "1")
                .write("app/gone.txt", "1")
                .write("other/b.txt", "1");
        repository.commit("first");
        repository.write("app/a.txt", "edited").write("app/new.txt", "new").write("app/x.log", "ignored");
        Files.delete(repository.root.resolve("app/gone.txt"));

        final Snapshot snapshot = Snapshot.of(repository.root.resolve("app"), folder.resolve("copy"));

        assertThat(snapshot.directory())
                .isDirectoryNotContaining("glob:**.log")
                .isDirectoryNotContaining("glob:**gone.txt");
        assertThat(snapshot.directory().resolve("a.txt")).hasContent("edited");
        assertThat(snapshot.directory().resolve("new.txt")).hasContent("new");
        assertThat(snapshot.directory().resolve("../copy/b.txt")).doesNotExist();
    }

    @Test
    void elsewhereItHoldsEverythingButWhatWasBuilt() throws Exception {
        final Path app = Files.createDirectories(folder.resolve("app/target/classes"))
                .resolve("../..")
                .normalize();
        Files.writeString(app.resolve("a.txt"), "1");
        Files.writeString(app.resolve("target/classes/A.class"), "built");

        final Snapshot snapshot = Snapshot.of(app, folder.resolve("copy"));

        assertThat(snapshot.directory().resolve("a.txt")).hasContent("1");
        assertThat(snapshot.directory().resolve("target")).doesNotExist();
    }

    @Test
    void itsHashIsThatOfNamesContentsAndKinds() throws Exception {
        final Path app = Files.createDirectories(folder.resolve("app"));
        Files.writeString(app.resolve("a"), "1");
        final String first = hash(app);
        assertThat(hash(app)).isEqualTo(first);

        Files.writeString(app.resolve("a"), "2");
        final String edited = hash(app);
        Files.move(app.resolve("a"), app.resolve("b"));
        final String renamed = hash(app);
        Files.setPosixFilePermissions(app.resolve("b"), PosixFilePermissions.fromString("rwxr-xr-x"));
        final String executable = hash(app);
        Files.createSymbolicLink(app.resolve("c"), Path.of("b"));
        final String linked = hash(app);

        assertThat(java.util.Set.of(first, edited, renamed, executable, linked)).hasSize(5);
    }

    @Test
    void laterEditsDoNotReachIt() throws Exception {
        final Path app = Files.createDirectories(folder.resolve("app"));
        Files.writeString(app.resolve("a"), "1");
        final Snapshot snapshot = Snapshot.of(app, folder.resolve("copy"));

        Files.writeString(app.resolve("a"), "2");

        assertThat(snapshot.directory().resolve("a")).hasContent("1");
    }

    @Test
    void aLinkThatLeadsOutsideIsRefused() throws Exception {
        final Path app = Files.createDirectories(folder.resolve("app"));
        Files.createSymbolicLink(app.resolve("link"), folder.resolve("elsewhere"));

        assertThatThrownBy(() -> Snapshot.of(app, folder.resolve("copy")))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("link -> " + folder.resolve("elsewhere"));
        assertThatThrownBy(() -> Snapshot.of(folder.resolve("nowhere"), folder.resolve("copy2")))
                .hasMessageContaining("there is no folder");
    }

    private String hash(final Path app) throws Exception {
        return Snapshot.of(app, folder.resolve("copy-" + System.nanoTime())).contentSha256();
    }
}
