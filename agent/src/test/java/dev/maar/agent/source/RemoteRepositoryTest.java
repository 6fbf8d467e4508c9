package dev.maar.agent.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maar.agent.job.SideName;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RemoteRepositoryTest {

    @TempDir
    private Path folder;

    private Repository there;
    private ScratchSpace scratch;

    @BeforeEach
    void repositoryElsewhere() throws Exception {
        there = new Repository(folder.resolve("there"));
        there.write("a.txt", "1").commit("first");
        scratch = ScratchSpace.open(folder.resolve("scratch"));
    }

    @AfterEach
    void close() throws Exception {
        scratch.close();
    }

    @Test
    void branchesAndTagsAreSidesAndWhatIsNewIsSeen() throws Exception {
        final RemoteRepository remote = open();
        there.git("tag", "v1");
        final String before = side("v1", remote.update());

        there.write("a.txt", "2").commit("second");
        final String after = side("main", remote.update());

        assertThat(after).isNotEqualTo(before);
        assertThat(side("v1", remote.update())).isEqualTo(before);
        assertThat(side("HEAD", remote.update())).isEqualTo(after);
    }

    @Test
    void aPinnedCommitIsFetchedOnceAndThenNeedsNoNetwork() throws Exception {
        final String commit = there.git("rev-parse", "HEAD").strip();
        open().withCommit(commit);
        Files.move(folder.resolve("there"), folder.resolve("gone"));

        final Path mirror = open().withCommit(commit);
        final Snapshot files = Snapshot.of(source(mirror), commit, folder.resolve("files"));

        assertThat(files.directory().resolve("a.txt")).hasContent("1");
    }

    @Test
    void aCommitThatNoBranchHasIsFoundToo() throws Exception {
        there.write("a.txt", "2").commit("second");
        final String commit = there.git("rev-parse", "HEAD").strip();
        there.git("reset", "-q", "--hard", "HEAD~1");

        assertThat(source(open().withCommit(commit)).textOf(commit, "a.txt")).contains("2");
    }

    @Test
    void anUnknownCommitIsSaidToBeUnknown() {
        assertThatThrownBy(() -> open().withCommit("0".repeat(40)))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("there is no commit 000")
                .hasMessageContaining("git ls-remote");
    }

    @Test
    void onlyUrlsOfOrdinaryTransportsAreTaken() {
        for (final String url : new String[] {"ext::sh -c id", "--upload-pack=touch /tmp/x", "https://x/ y"}) {
            assertThatThrownBy(() -> RemoteRepository.open(url, folder.resolve("cache")))
                    .as(url)
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("is not the URL of a git repository");
        }
    }

    @Test
    void whatCanNotBeReachedIsNamedWithoutItsPassword() {
        assertThatThrownBy(() -> RemoteRepository.open(
                                "file://me:secret@" + folder.resolve("none"), folder.resolve("cache"))
                        .update())
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("can not be fetched")
                .hasMessageNotContaining("secret");
    }

    private RemoteRepository open() throws Exception {
        return RemoteRepository.open("file://" + folder.resolve("there"), folder.resolve("cache"));
    }

    private GitSource source(final Path mirror) throws Exception {
        return GitSource.open(mirror, folder.resolve("cache"), scratch, Jdks.ofThisMachine());
    }

    private String side(final String ref, final Path mirror) throws Exception {
        return source(mirror).resolve(SideName.A, SideSpec.parse(ref)).tree();
    }
}
