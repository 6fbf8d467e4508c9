package dev.maar.agent.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maar.agent.job.Side;
import dev.maar.agent.job.SideName;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitSourceTest {

    @TempDir
    Path folder;

    private ScratchSpace scratch;
    private Repository repository;

    @BeforeEach
    void prepare() throws Exception {
        scratch = ScratchSpace.open(folder.resolve("scratch"));
        repository = new Repository(folder.resolve("subject"));
    }

    @AfterEach
    void close() throws Exception {
        scratch.close();
    }

    @Test
    void aRefIsItsCommitAndTree() throws Exception {
        final String commit = repository.write("a.txt", "1").commit("first");
        repository.git("tag", "v1");
        repository.write("a.txt", "2").commit("second");

        final Side side = resolve("v1+jvm=-Xmx1g+env=A=b");

        assertThat(side.commit()).isEqualTo(commit);
        assertThat(side.tree()).isEqualTo(repository.git("rev-parse", "v1^{tree}"));
        assertThat(side.dirty()).isFalse();
        assertThat(side.jvmArgs()).containsExactly("-Xmx1g");
        assertThat(side.env()).isEqualTo(Map.of("A", "b"));
        assertThat(side.spec()).isEqualTo("v1+jvm=-Xmx1g+env=A=b");
    }

    @Test
    void theLiveCheckoutHoldsEditedAddedAndRemovedFilesButNotIgnoredOnes() throws Exception {
        repository
                .write(".gitignore", "*.log\n")
                .write("a.txt", "1")
                .write("gone.txt", "1")
                .commit("first");
        repository
                .write("a.txt", "edited")
                .write("new/b.txt", "new")
                .write("x.log", "ignored")
                .write(".maar/runs/1", "ours");
        Files.delete(repository.root.resolve("gone.txt"));

        final Side side = resolve("CURRENT");

        assertThat(side.dirty()).isTrue();
        assertThat(contents(side.tree()))
                .isEqualTo(Map.of(".gitignore", "*.log\n", "a.txt", "edited", "new/b.txt", "new"));
    }

    @Test
    void aCheckoutMayHoldTheFarmsFoldersWhetherItIgnoresThemOrNot() throws Exception {
        repository.write("a.txt", "1").write(".maar/runs/1", "ours").write("kept/x", "ours too");
        try (ScratchSpace within = ScratchSpace.open(repository.root.resolve(".maar/scratch"))) {
            final GitSource source =
                    GitSource.open(repository.root, repository.root.resolve("kept"), within, Jdks.ofThisMachine());
            assertThat(contents(
                            source.resolve(SideName.B, SideSpec.parse("CURRENT"))
                                    .tree(),
                            source))
                    .isEqualTo(Map.of("a.txt", "1"));

            repository.write(".gitignore", ".maar/\nkept\n");
            assertThat(contents(
                            source.resolve(SideName.B, SideSpec.parse("CURRENT"))
                                    .tree(),
                            source))
                    .containsOnlyKeys("a.txt", ".gitignore");
        }
    }

    @Test
    void theLiveCheckoutWithoutEditsIsItsCommit() throws Exception {
        repository.write("a.txt", "1").commit("first");

        final Side side = resolve("CURRENT");

        assertThat(side.dirty()).isFalse();
        assertThat(side.tree()).isEqualTo(resolve("HEAD").tree());
    }

    @Test
    void whatIsStagedAndThenEditedCountsAsItIsInTheFile() throws Exception {
        repository.write("a.txt", "1").commit("first");
        repository.write("a.txt", "staged").git("add", "a.txt");
        repository.write("a.txt", "edited");

        assertThat(contents(resolve("CURRENT").tree())).isEqualTo(Map.of("a.txt", "edited"));
    }

    @Test
    void nothingInTheRepositoryIsTouched() throws Exception {
        repository.write("a.txt", "1").commit("first");
        repository.write("a.txt", "edited").write("b.txt", "untracked");
        final Path patch = patch("c.txt", "patched");
        final Map<String, String> before = repository.everything();

        final Side side = resolve("CURRENT+patch=" + patch);
        source().materialise(side.tree(), folder.resolve("out"));

        assertThat(folder.resolve("out/c.txt")).hasContent("patched");
        assertThat(repository.everything()).isEqualTo(before);
        assertThat(repository.git("worktree", "list")).doesNotContain("\n");
    }

    @Test
    void noHookAndNoMonitorOfTheRepositoryRuns() throws Exception {
        repository.write("a.txt", "1").commit("first");
        final Path trace = folder.resolve("hook-ran");
        final Path script = repository.root.resolve(".git/hooks/post-index-change");
        Files.createDirectories(script.getParent());
        Files.writeString(script, "#!/bin/sh\ntouch '" + trace + "'\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (final String hook : List.of("post-checkout", "pre-commit", "applypatch-msg", "query-watchman")) {
            Files.copy(script, script.resolveSibling(hook));
        }
        repository.git("config", "core.fsmonitor", script.toString());
        Files.deleteIfExists(trace);
        repository.write("a.txt", "2");

        source().materialise(resolve("CURRENT").tree(), folder.resolve("out"));

        assertThat(folder.resolve("out/a.txt")).hasContent("2");
        assertThat(trace).doesNotExist();
    }

    @Test
    void gitsEnvironmentOfTheCallerDoesNotReachIt() throws Exception {
        repository.write("a.txt", "1").commit("first");
        final ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Resolve.class.getName(),
                        repository.root.toString(),
                        folder.resolve("other").toString())
                .redirectErrorStream(true);
        builder.environment().put("GIT_DIR", "/nowhere");
        builder.environment().put("GIT_INDEX_FILE", "/nowhere/index");
        builder.environment().put("GIT_WORK_TREE", "/nowhere");

        final Process process = builder.start();

        assertThat(process.inputReader().readLine())
                .isEqualTo(resolve("CURRENT").tree());
        process.waitFor();
    }

    @Test
    void patchesAreAppliedInOrderAndMakeTheSideDirty() throws Exception {
        repository.write("a.txt", "1\n").commit("first");
        final Path one = folder.resolve("one.diff");
        Files.writeString(one, "--- a/a.txt\n+++ b/a.txt\n@@ -1 +1 @@\n-1\n+2\n");
        final Path two = folder.resolve("two.diff");
        Files.writeString(two, "--- a/a.txt\n+++ b/a.txt\n@@ -1 +1 @@\n-2\n+3\n");

        final Side side = resolve("main+patch=" + one + "+patch=" + two);

        assertThat(contents(side.tree())).isEqualTo(Map.of("a.txt", "3\n"));
        assertThat(side.dirty()).isTrue();
        assertThat(side.patches()).containsExactly(one.toString(), two.toString());
        assertThatThrownBy(() -> resolve("main+patch=" + two))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining(two + " does not apply")
                .hasMessageContaining("a.txt:1");
        assertThatThrownBy(() -> resolve("main+patch=" + folder.resolve("three.diff")))
                .hasMessageContaining("there is no file");
    }

    @Test
    void aRefThatIsNotThereIsRefusedWithWhatLooksAlike() throws Exception {
        repository.write("a.txt", "1").commit("first");
        repository.git("branch", "feature/zero-copy");
        repository.git("branch", "unrelated");

        assertThatThrownBy(() -> resolve("feature/zero-cpoy"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("no commit 'feature/zero-cpoy'")
                .hasMessageContaining("look alike: feature/zero-copy. ");
    }

    @Test
    void whatIsNoRepositoryOrHasNoCommitIsSaidSo() throws Exception {
        final Path plain = Files.createDirectories(folder.resolve("plain"));

        assertThatThrownBy(() -> open(plain))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("is not a git repository");
        assertThatThrownBy(() -> open(folder.resolve("missing"))).hasMessageContaining("there is no folder");
        assertThatThrownBy(() -> resolve("main"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("has no commit yet");
        assertThatThrownBy(() -> source().defaultA()).hasMessageContaining("has no commit yet");
        assertThat(contents(resolve("CURRENT").tree())).isEmpty();
    }

    @Test
    void aPublishedVersionIsASideWithoutATree() throws Exception {
        final Side side = resolve("release:7.1+jvm=-Xint");

        assertThat(side.release()).contains("7.1");
        assertThat(side.commit()).isEmpty();
        assertThat(side.jvmArgs()).containsExactly("-Xint");
    }

    @Test
    void aVersionThatMovesOrIsPatchedIsRefused() {
        for (final String spec :
                List.of("release:LATEST", "release:1-SNAPSHOT", "release:[1,2)", "release:1+patch=x")) {
            assertThatThrownBy(() -> resolve(spec)).as(spec).isInstanceOf(SourceException.class);
        }
    }

    @Test
    void aSubjectWithoutSourceHasOnlyPublishedSides() throws Exception {
        final PublishedSource published = new PublishedSource("lib", Jdks.ofThisMachine());

        assertThat(published.resolve(SideName.A, SideSpec.parse("release:1")).release())
                .contains("1");
        assertThatThrownBy(() -> published.resolve(SideName.B, SideSpec.parse("CURRENT")))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("--a release:VERSION --b release:VERSION");
        assertThatThrownBy(published::defaultA).isInstanceOf(SourceException.class);
    }

    @Test
    void sideAIsTheMergeBaseWithTheDefaultBranch() throws Exception {
        final String base = repository.write("a.txt", "1").commit("first");
        repository.git("checkout", "-q", "-b", "work");
        final String work = repository.write("a.txt", "2").commit("on the branch");
        repository.git("checkout", "-q", "main");
        final String main = repository.write("b.txt", "1").commit("on main");

        assertThat(source().defaultA().text()).isEqualTo(main);
        repository.git("checkout", "-q", "work");
        assertThat(source().defaultA().text()).isEqualTo(base);
        repository.git("update-ref", "refs/remotes/origin/trunk", work);
        repository.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk");
        assertThat(source().defaultA().text()).isEqualTo(work);
    }

    @Test
    void theDefaultBranchMayBeMasterAndMustBeThere() throws Exception {
        repository.git("checkout", "-q", "-b", "master");
        final String commit = repository.write("a.txt", "1").commit("first");
        assertThat(source().defaultA().text()).isEqualTo(commit);

        repository.git("branch", "-m", "master", "other");
        assertThatThrownBy(() -> source().defaultA()).hasMessageContaining("say which side a is with --a");
    }

    @Test
    void aTreeIsMaterialisedWholeOrNotAtAll() throws Exception {
        repository.write("a.txt", "1").write("deep/er/b.sh", "#!/bin/sh\n");
        Files.setPosixFilePermissions(
                repository.root.resolve("deep/er/b.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(repository.root.resolve("deep/link"), Path.of("../a.txt"));
        repository.commit("first");
        final Path out = folder.resolve("out");

        source().materialise(resolve("main").tree(), out);

        assertThat(out.resolve("deep/er/b.sh")).isExecutable();
        assertThat(out.resolve("deep/link")).isSymbolicLink().hasContent("1");
        assertThatThrownBy(() -> source().materialise(resolve("main").tree(), out))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> source().materialise("0".repeat(40), folder.resolve("none")))
                .isInstanceOf(SourceException.class);
        assertThat(folder.resolve("none")).doesNotExist();
        assertThat(partialFolders()).isEmpty();
    }

    @Test
    void aLinkThatLeadsOutsideIsRefused() throws Exception {
        for (final String target : List.of("/etc/hostname", "../../secret", "b/../../../x")) {
            final Path link = repository.root.resolve("sub/link");
            Files.createDirectories(link.getParent());
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, Path.of(target));
            repository.commit("link to " + target);

            assertThatThrownBy(() -> source().materialise(resolve("main").tree(), folder.resolve("out")))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("sub/link -> " + target);
        }
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(partialFolders()).isEmpty();
    }

    @Test
    void theHashOfASubtreeChangesOnlyWithItsContent() throws Exception {
        final GitSource source = source();
        repository.write("lib/a.txt", "1").write("docs/b.txt", "1").commit("first");
        final String before = resolve("main").tree();
        repository.write("docs/b.txt", "2").commit("second");
        final String after = resolve("main").tree();

        assertThat(source.treeOf(after, "lib")).isPresent().isEqualTo(source.treeOf(before, "lib"));
        assertThat(source.treeOf(after, "docs")).isNotEqualTo(source.treeOf(before, "docs"));
        assertThat(source.treeOf(after, "nowhere")).isEmpty();
        assertThat(source.treeOf(after, ".")).contains(after);
    }

    @Test
    void aFolderOfARepositoryIsASourceOfItsOwn() throws Exception {
        repository.write("lib/a.txt", "1").write("docs/b.txt", "1").commit("first");
        repository.write("docs/b.txt", "2");
        final GitSource inner = open(repository.root.resolve("lib"));

        final Side side = inner.resolve(SideName.A, SideSpec.parse("CURRENT"));

        assertThat(side.dirty()).isFalse();
        assertThat(contents(side.tree())).isEqualTo(Map.of("a.txt", "1"));
    }

    @Test
    void aWorktreeAndABareRepositoryAreSourcesToo() throws Exception {
        repository.write("a.txt", "1").commit("first");
        final Path worktree = folder.resolve("worktree");
        repository.git("worktree", "add", "-q", worktree.toString(), "-b", "side");
        Files.writeString(worktree.resolve("a.txt"), "in the worktree");
        final Path bare = folder.resolve("bare.git");
        repository.git("clone", "-q", "--bare", ".", bare.toString());

        assertThat(contents(open(worktree)
                        .resolve(SideName.B, SideSpec.parse("CURRENT"))
                        .tree()))
                .isEqualTo(Map.of("a.txt", "in the worktree"));
        final GitSource cloned = open(bare);
        cloned.materialise(cloned.resolve(SideName.A, SideSpec.parse("main")).tree(), folder.resolve("out"));
        assertThat(folder.resolve("out/a.txt")).hasContent("1");
        assertThatThrownBy(() -> cloned.resolve(SideName.B, SideSpec.parse("CURRENT")))
                .hasMessageContaining("bare");
    }

    @Test
    void aSnapshotOfOneProcessCanBeMaterialisedByAnother() throws Exception {
        repository.write("a.txt", "1").commit("first");
        repository.write("a.txt", "edited");
        final String tree = resolve("CURRENT").tree();
        scratch.close();
        scratch = ScratchSpace.open(folder.resolve("scratch"));
        repository.write("a.txt", "edited again");

        source().materialise(tree, folder.resolve("out"));

        assertThat(folder.resolve("out/a.txt")).hasContent("edited");
    }

    @Test
    void manyAtOnceInOneCheckoutDoNotDisturbEachOther() throws Exception {
        repository.write("a.txt", "1").commit("first");
        repository.write("a.txt", "edited");
        final ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            final List<Callable<String>> tasks = IntStream.range(0, 8)
                    .<Callable<String>>mapToObj(i -> () -> {
                        try (ScratchSpace own = ScratchSpace.open(folder.resolve("scratch"))) {
                            final GitSource source =
                                    GitSource.open(repository.root, folder.resolve("cache"), own, Jdks.ofThisMachine());
                            final String tree = source.resolve(SideName.B, SideSpec.parse("CURRENT"))
                                    .tree();
                            source.materialise(tree, folder.resolve("out" + i));
                            return tree + Files.readString(folder.resolve("out" + i + "/a.txt"));
                        }
                    })
                    .toList();
            final List<String> results = threads.invokeAll(tasks).stream()
                    .map(GitSourceTest::get)
                    .distinct()
                    .toList();
            assertThat(results).hasSize(1).allMatch(text -> text.endsWith("edited"));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aJdkIsFoundByItsVersionOrItsHome() throws Exception {
        repository.write("a.txt", "1").commit("first");
        final int running = Runtime.version().feature();

        final Side side = resolve("main+jdk=" + running);

        assertThat(Path.of(side.jdk()).resolve("bin/javac")).isExecutable();
        assertThat(resolve("main+jdk=" + side.jdk()).jdk()).isEqualTo(side.jdk());
        assertThat(resolve("main").jdk()).isEmpty();
        assertThatThrownBy(() -> resolve("main+jdk=6"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("no JDK 6")
                .hasMessageContaining(running + ".");
        assertThatThrownBy(() -> resolve("main+jdk=" + folder)).hasMessageContaining("no JDK at " + folder);
    }

    private static <T> T get(final Future<T> future) {
        try {
            return future.get();
        } catch (final Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Path patch(final String file, final String content) throws Exception {
        final Path patch = folder.resolve("add.diff");
        Files.writeString(patch, "--- /dev/null\n+++ b/" + file + "\n@@ -0,0 +1 @@\n+" + content + "\n");
        return patch;
    }

    private List<Path> partialFolders() throws Exception {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> path.toString().contains(".partial")).toList();
        }
    }

    private Side resolve(final String spec) throws Exception {
        return source().resolve(SideName.A, SideSpec.parse(spec));
    }

    private GitSource source() throws Exception {
        return open(repository.root);
    }

    private GitSource open(final Path root) throws Exception {
        return GitSource.open(root, folder.resolve("cache"), scratch, Jdks.ofThisMachine());
    }

    private Map<String, String> contents(final String tree) throws Exception {
        return contents(tree, source());
    }

    private Map<String, String> contents(final String tree, final GitSource source) throws Exception {
        final Path out = scratch.fresh("contents");
        source.materialise(tree, out);
        try (Stream<Path> files = Files.walk(out)) {
            return files.filter(Files::isRegularFile)
                    .collect(Collectors.toMap(file -> out.relativize(file).toString(), GitSourceTest::text));
        }
    }

    private static String text(final Path file) {
        try {
            return Files.readString(file);
        } catch (final java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Another process that resolves the live checkout. */
    static final class Resolve {

        private Resolve() {}

        /**
         * Prints the tree.
         *
         * @param arguments the repository, and a folder for everything else
         * @throws Exception when it can not be resolved
         */
        public static void main(final String[] arguments) throws Exception {
            final Path other = Path.of(arguments[1]);
            try (ScratchSpace scratch = ScratchSpace.open(other.resolve("scratch"))) {
                System.out.println(
                        GitSource.open(Path.of(arguments[0]), other.resolve("cache"), scratch, Jdks.ofThisMachine())
                                .resolve(SideName.B, SideSpec.parse("CURRENT"))
                                .tree());
            }
        }
    }
}
