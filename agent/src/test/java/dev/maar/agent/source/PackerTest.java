package dev.maar.agent.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maar.agent.job.SideName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packs, and what arrives of them somewhere else. */
class PackerTest {

    private static final int PORTION = 100;

    @TempDir
    Path folder;

    private ScratchSpace scratch;
    private Jdks jdks;
    private Packer packer;

    @BeforeEach
    void open() throws Exception {
        scratch = ScratchSpace.open(folder.resolve("scratch"));
        jdks = Jdks.ofThisMachine();
        packer = new Packer(folder.resolve("packs"), scratch);
    }

    @AfterEach
    void close() throws Exception {
        scratch.close();
    }

    private Arrivals arrivals() {
        return new Arrivals(folder.resolve("arrived"), scratch, jdks);
    }

    private byte[] bytes(final Packed packed) throws IOException {
        return Files.readAllBytes(
                Packer.find(folder.resolve("packs"), packed.sha256()).orElseThrow());
    }

    /** In portions, by an agent that is started anew for each. */
    private void bring(final Packed packed, final byte[] bytes) throws Exception {
        for (int offset = 0; offset < bytes.length; offset += PORTION) {
            final Arrivals arrivals = arrivals();
            assertThat(arrivals.has(packed)).isFalse();
            assertThat(arrivals.received(packed)).isEqualTo(offset);
            arrivals.take(packed, offset, Arrays.copyOfRange(bytes, offset, Math.min(bytes.length, offset + PORTION)));
        }
    }

    @Test
    void aFolderArrivesAsItIsWhateverItsAttributesWouldMakeOfIt() throws Exception {
        final Path app = Files.createDirectories(folder.resolve("app"));
        Files.writeString(app.resolve(".gitattributes"), "* text=auto eol=lf\n*.id ident\n");
        Files.writeString(app.resolve(".gitignore"), "*.log\n");
        Files.writeString(app.resolve("lines.txt"), "one\r\ntwo\r\n");
        Files.writeString(app.resolve("a.id"), "$Id$");
        Files.writeString(app.resolve("run"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(app.resolve("run"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(app.resolve("link"), Path.of("lines.txt"));
        final Snapshot snapshot = Snapshot.of(app, folder.resolve("snapshot"));
        Files.writeString(snapshot.directory().resolve("kept.log"), "ignored by git, and still part of it");
        final String content = Snapshot.contentOf(snapshot.directory());

        final Packed packed = packer.files(snapshot.directory());
        bring(packed, bytes(packed));

        final Path files = arrivals().files(packed, content);
        assertThat(Snapshot.contentOf(files)).isEqualTo(content);
        assertThat(files.resolve("lines.txt")).hasContent("one\r\ntwo\r\n");
        assertThat(files.resolve("kept.log")).exists();
        assertThatThrownBy(() -> arrivals().files(packed, ContentHash.ofText("another")))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("not those of the snapshot");
    }

    @Test
    void treesOfARepositoryArriveUncommittedFilesIncluded() throws Exception {
        final Repository repository = new Repository(folder.resolve("r"));
        repository.write("a.txt", "1").write("sub/b.txt", "2").commit("first");
        repository.write("a.txt", "edited");
        final GitSource source = GitSource.open(repository.root, folder.resolve("cache"), scratch, jdks);
        final String committed = repository.git("rev-parse", "HEAD^{tree}");
        final String current =
                source.resolve(SideName.B, SideSpec.parse("CURRENT")).tree();

        final Packed packed = packer.trees(source, List.of(committed, current));
        bring(packed, bytes(packed));

        final GitSource there =
                GitSource.open(arrivals().repository(packed), folder.resolve("cache-there"), scratch, jdks);
        there.materialise(committed, folder.resolve("out-a"));
        there.materialise(current, folder.resolve("out-b"));
        assertThat(folder.resolve("out-a/a.txt")).hasContent("1");
        assertThat(folder.resolve("out-b/a.txt")).hasContent("edited");
        assertThat(folder.resolve("out-b/sub/b.txt")).hasContent("2");
    }

    @Test
    void whatIsNotWhatWasPackedIsThrownAwayAndCanComeAgain() throws Exception {
        final Path app = Files.createDirectories(folder.resolve("app"));
        Files.writeString(app.resolve("a"), "1");
        final Packed packed = packer.files(app);
        final byte[] bytes = bytes(packed);
        final byte[] wrong = bytes.clone();
        wrong[wrong.length / 2] ^= 1;

        assertThatThrownBy(() -> arrivals().take(packed, 0, wrong))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("is not what was packed");
        final Arrivals arrivals = arrivals();
        assertThat(arrivals.has(packed)).isFalse();
        assertThat(arrivals.received(packed)).isZero();
        arrivals.take(packed, 5, bytes);
        assertThat(arrivals.received(packed)).as("not the next bytes").isZero();
        arrivals.take(packed, 0, Arrays.copyOf(bytes, bytes.length + 1));
        assertThat(arrivals.received(packed)).as("more than there is").isZero();
        arrivals.take(packed, 0, bytes);
        assertThat(arrivals.files(packed, Snapshot.contentOf(app)).resolve("a")).hasContent("1");
    }

    @Test
    void aLinkThatLeadsOutsideDoesNotArrive() throws Exception {
        final Path app = Files.createDirectories(folder.resolve("app"));
        Files.createSymbolicLink(app.resolve("out"), Path.of("/etc/passwd"));
        final Packed packed = packer.files(app);
        bring(packed, bytes(packed));
        assertThatThrownBy(() -> arrivals().files(packed, Snapshot.contentOf(app)))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("leads outside");
    }

    @Test
    void whatWasUsedLongestAgoGoesFirst() throws Exception {
        final Path app = Files.createDirectories(folder.resolve("app"));
        Files.writeString(app.resolve("a"), "1");
        final Packed older = packer.files(app);
        bring(older, bytes(older));
        Files.writeString(app.resolve("a"), "2");
        final Packed newer = packer.files(app);
        bring(newer, bytes(newer));
        Files.setLastModifiedTime(folder.resolve("arrived").resolve(older.sha256()), FileTime.fromMillis(0));
        arrivals().evict(Long.MAX_VALUE);
        assertThat(arrivals().has(older)).isTrue();

        arrivals().evict(size(folder.resolve("arrived")) - 1);

        assertThat(arrivals().has(newer)).isTrue();
        assertThat(arrivals().has(older)).isFalse();
    }

    private static long size(final Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    @Test
    void itsNameInAJobIsReadAgainAndNothingElseIs() {
        final Packed packed = new Packed("0".repeat(64), 123, "a".repeat(40));
        assertThat(Packed.of(packed.text())).contains(packed);
        assertThat(Packed.of("/some/folder")).isEmpty();
        assertThat(Packed.of("pack:" + "0".repeat(63) + "/:1:")).isEmpty();
        assertThat(Packer.find(folder, "../../etc/passwd")).isEmpty();
    }
}
