package dev.maar.agent.source;

import dev.maar.agent.job.Side;
import dev.maar.agent.job.SideName;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A git repository as a source of sides. The repository is only ever read: indexes are temporary, and what has to be written (the
 * blobs of uncommitted files, the trees of patched sides) goes to an object folder of the farm's own, which equal content finds
 * again later. Safe for several threads and processes at once.
 */
public final class GitSource implements SideSource {

    private static final int SNAPSHOT_ATTEMPTS = 3;
    /** Where runs and caches are unless somebody says otherwise; never part of a side. */
    private static final String FARM_FOLDER = ".maar";

    private final Path top;
    private final String prefix;
    private final boolean bare;
    private final Git git;
    private final Jdks jdks;
    private final ScratchSpace scratch;
    private final List<Path> farmFolders;

    private GitSource(
            final Path top,
            final String prefix,
            final boolean bare,
            final Git git,
            final Jdks jdks,
            final ScratchSpace scratch,
            final List<Path> farmFolders) {
        this.top = top;
        this.prefix = prefix;
        this.bare = bare;
        this.git = git;
        this.jdks = jdks;
        this.scratch = scratch;
        this.farmFolders = farmFolders;
    }

    /**
     * Opens a repository.
     *
     * @param repository its root, or a folder within, which is then what sides' trees are of
     * @param cacheDirectory the farm's cache; keeps the objects of snapshots
     * @param scratch for temporary indexes
     * @param jdks where {@code +jdk=} looks
     * @return the source
     * @throws SourceException when there is no git repository
     * @throws IOException when git can not be run, or the cache not be written
     * @throws InterruptedException when interrupted meanwhile
     */
    public static GitSource open(
            final Path repository, final Path cacheDirectory, final ScratchSpace scratch, final Jdks jdks)
            throws IOException, InterruptedException, SourceException {
        if (!Files.isDirectory(repository)) {
            throw new SourceException(
                    "there is no folder " + repository.toAbsolutePath().normalize());
        }
        final Path real = repository.toRealPath();
        final Git plain = Git.in(real);
        final Git.Answer common = plain.ask("rev-parse", "--is-bare-repository", "--git-path", "objects");
        if (!common.succeeded()) {
            throw new SourceException(real + " is not a git repository (" + common.errors()
                    + "). A subject's source is a git repository with at least one commit.");
        }
        final String[] lines = common.output().split("\n", -1);
        final boolean bare = Boolean.parseBoolean(lines[0]);
        final Path objects = real.resolve(lines[1]).normalize();
        final Path top =
                bare ? real : Path.of(plain.tell("rev-parse", "--show-toplevel").strip());
        final String prefix =
                bare ? "" : plain.tell("rev-parse", "--show-prefix").strip();
        final Path own = Files.createDirectories(
                        cacheDirectory.resolve("objects").resolve(ContentHash.ofText(objects.toString())))
                .toRealPath();
        final Git git = Git.in(top)
                .with("GIT_OBJECT_DIRECTORY", own.toString())
                .with("GIT_ALTERNATE_OBJECT_DIRECTORIES", quoted(objects));
        return new GitSource(
                top,
                prefix,
                bare,
                git,
                jdks,
                scratch,
                List.of(cacheDirectory.toRealPath(), scratch.directory().getParent()));
    }

    @Override
    public String location() {
        return top.toString();
    }

    @Override
    public Side resolve(final SideName name, final SideSpec spec)
            throws IOException, InterruptedException, SourceException {
        final String jdk =
                spec.jdk().isEmpty() ? "" : jdks.find(spec.jdk().get()).toString();
        if (spec.base() instanceof final SideSpec.Release release) {
            return PublishedSource.published(name, spec, release, jdks);
        }
        final String commit;
        String tree;
        if (spec.base() instanceof SideSpec.Ref ref) {
            commit = commit(ref.name());
            tree = git.tell("rev-parse", "--verify", commit + "^{tree}").strip();
        } else {
            commit = head().orElse("");
            tree = workingTree();
        }
        for (final String patch : spec.patches()) {
            tree = patched(tree, patch);
        }
        final String committed = commit.isEmpty() ? "" : subtree(commit + "^{tree}", commit);
        final String content = subtree(tree, spec.text());
        return new Side(
                name,
                spec.text(),
                commit,
                content,
                !content.equals(committed),
                jdk,
                spec.jvmArgs(),
                spec.env(),
                spec.patches());
    }

    /**
     * What side a is when the user does not say: the merge base of HEAD and the default branch (what {@code origin/HEAD} points
     * to, else {@code main}, else {@code master}); HEAD itself when they are the same.
     *
     * @throws SourceException when there is no commit yet, or no default branch, or nothing in common with it
     */
    @Override
    public SideSpec defaultA() throws IOException, InterruptedException, SourceException {
        final String head = head().orElseThrow(() -> noCommit());
        for (final String branch : List.of("refs/remotes/origin/HEAD", "refs/heads/main", "refs/heads/master")) {
            final Git.Answer target = git.ask("rev-parse", "--verify", "--quiet", branch + "^{commit}");
            if (target.succeeded()) {
                final Git.Answer base = git.ask("merge-base", head, target.line());
                if (!base.succeeded()) {
                    throw new SourceException("HEAD and " + branch + " of " + top
                            + " have no commit in common; say which side a is with --a.");
                }
                return SideSpec.parse(base.line());
            }
        }
        throw new SourceException(
                "which branch of " + top
                        + " is the default can not be told (there is no origin/HEAD, main or master); say which side a is with --a.");
    }

    /**
     * Writes the files of a tree. They are all there or none is; nothing is registered in the repository.
     *
     * @param tree the tree
     * @param into where to; must not exist yet
     * @throws SourceException when the tree is not there, or holds a symbolic link that leads outside
     * @throws FileAlreadyExistsException when {@code into} exists
     * @throws IOException when a file can not be written
     * @throws InterruptedException when interrupted meanwhile
     */
    public void materialise(final String tree, final Path into)
            throws IOException, InterruptedException, SourceException {
        final Path target = into.toAbsolutePath().normalize();
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Files.createDirectories(target.getParent());
        final Path partial = Files.createDirectory(
                target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".partial"));
        try {
            final Path index = scratch.fresh("index");
            git.with("GIT_INDEX_FILE", index.toString())
                    .with("GIT_WORK_TREE", partial.toString())
                    .with("GIT_DIR", gitDirectory())
                    .tell("read-tree", "--reset", "-u", tree);
            Files.deleteIfExists(index);
            FileTrees.refuseEscapingLinks(partial, "tree " + tree + " of " + top);
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (final DirectoryNotEmptyException e) {
            throw new FileAlreadyExistsException(target.toString());
        } finally {
            FileTrees.delete(partial);
        }
    }

    /**
     * The hash of what is at a path of a tree: equal hashes are equal content.
     *
     * @param tree the tree
     * @param path a path within, with slashes; {@code .} for the whole
     * @return the hash of a subtree or file, or nothing when there is none
     * @throws IOException when git can not be run
     * @throws InterruptedException when interrupted meanwhile
     */
    public Optional<String> treeOf(final String tree, final String path) throws IOException, InterruptedException {
        final String plain = Path.of(path).normalize().toString();
        final Git.Answer answer =
                git.ask("rev-parse", "--verify", "--quiet", plain.isEmpty() ? tree : tree + ":" + plain);
        return answer.succeeded() ? Optional.of(answer.line()) : Optional.empty();
    }

    /**
     * The text of a file of a tree.
     *
     * @param tree the tree
     * @param path the file's path within, with slashes
     * @return its text, or nothing when there is none
     * @throws IOException when git can not be run
     * @throws InterruptedException when interrupted meanwhile
     */
    public Optional<String> textOf(final String tree, final String path) throws IOException, InterruptedException {
        final String plain = Path.of(path).normalize().toString();
        final Git.Answer answer = git.ask("cat-file", "blob", tree + ":" + plain);
        return answer.succeeded() ? Optional.of(answer.output()) : Optional.empty();
    }

    /**
     * What differs between two trees.
     *
     * @param from one tree
     * @param to the other
     * @return the paths of the files that differ, that are new and that are gone, with slashes
     * @throws SourceException when a tree is not there
     * @throws IOException when git can not be run
     * @throws InterruptedException when interrupted meanwhile
     */
    public List<String> changed(final String from, final String to)
            throws IOException, InterruptedException, SourceException {
        final String names = git.tell("diff-tree", "-r", "-z", "--no-renames", "--name-only", from, to);
        return names.isEmpty() ? List.of() : List.of(names.split("\0"));
    }

    /**
     * Whether a tree holds links, symbolic ones or submodules, so that its hash does not say all of its content.
     *
     * @param tree the tree
     * @return true when it holds one
     * @throws SourceException when the tree is not there
     * @throws IOException when git can not be run
     * @throws InterruptedException when interrupted meanwhile
     */
    public boolean hasLinks(final String tree) throws IOException, InterruptedException, SourceException {
        return Stream.of(git.tell("ls-tree", "-r", "-z", tree).split("\0"))
                .anyMatch(entry -> entry.startsWith("120000") || entry.startsWith("160000"));
    }

    /**
     * Writes whole trees into one pack.
     *
     * @param trees their hashes
     * @param into the file, which must not exist yet
     * @throws SourceException when a tree is not there
     * @throws IOException when the file can not be written
     * @throws InterruptedException when interrupted meanwhile
     */
    void pack(final Collection<String> trees, final Path into)
            throws IOException, InterruptedException, SourceException {
        pack(git, trees, scratch, into);
    }

    /** The same of what a git sees that is set up by the caller. */
    static void pack(final Git git, final Collection<String> trees, final ScratchSpace scratch, final Path into)
            throws IOException, InterruptedException, SourceException {
        final Path folder = Files.createDirectories(scratch.fresh("pack"));
        try {
            final Path wanted = Files.write(folder.resolve("wanted"), new TreeSet<>(trees));
            final String made = git.reading(wanted)
                    .tell(
                            "pack-objects",
                            "--quiet",
                            "--revs",
                            folder.resolve("made").toString())
                    .strip();
            Files.createDirectories(into.toAbsolutePath().getParent());
            Files.move(folder.resolve("made-" + made + ".pack"), into);
        } finally {
            FileTrees.delete(folder);
        }
    }

    private Optional<String> head() throws IOException, InterruptedException {
        final Git.Answer head = git.ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}");
        return head.succeeded() ? Optional.of(head.line()) : Optional.empty();
    }

    private String commit(final String ref) throws IOException, InterruptedException, SourceException {
        final Git.Answer answer = git.ask("rev-parse", "--verify", "--quiet", ref + "^{commit}");
        if (answer.succeeded()) {
            return answer.line();
        }
        if (head().isEmpty()) {
            throw noCommit();
        }
        final List<String> names = refs();
        throw new SourceException("there is no commit '" + ref + "' in " + top + ". " + Likeness.hint(ref, names)
                + "A side is " + SideSpec.GRAMMAR + ".");
    }

    private SourceException noCommit() {
        return new SourceException(top + " has no commit yet; commit something first, so that there is a side a.");
    }

    private List<String> refs() throws IOException, InterruptedException {
        return git.ask("for-each-ref", "--format=%(refname:short)")
                .output()
                .lines()
                .toList();
    }

    private String subtree(final String tree, final String what)
            throws IOException, InterruptedException, SourceException {
        return treeOf(git.tell("rev-parse", "--verify", tree).strip(), prefix)
                .orElseThrow(() -> new SourceException(what + " has no folder '" + prefix + "' in " + top + "."));
    }

    private String workingTree() throws IOException, InterruptedException, SourceException {
        if (bare) {
            throw new SourceException("CURRENT: " + top + " is a bare repository and has no working tree; name a ref.");
        }
        final Path index = scratch.fresh("index");
        final Path usersIndex =
                top.resolve(git.tell("rev-parse", "--git-path", "index").strip());
        final Git indexed = git.with("GIT_INDEX_FILE", index.toString());
        final List<String> add = new ArrayList<>(List.of("add", "--all", "--", "."));
        final List<Path> ours = new ArrayList<>(farmFolders);
        ours.add(top.resolve(FARM_FOLDER));
        for (final Path folder : ours) {
            // An exclusion of what is ignored anyway is an error in git's eyes.
            if (folder.startsWith(top)
                    && !folder.equals(top)
                    && Files.exists(folder)
                    && !git.ask("check-ignore", "--quiet", folder.toString()).succeeded()) {
                add.add(":(exclude,top,literal)" + top.relativize(folder));
            }
        }
        try {
            String errors = "";
            for (int attempt = 0; attempt < SNAPSHOT_ATTEMPTS; attempt++) {
                Files.deleteIfExists(index);
                if (Files.exists(usersIndex)) {
                    // With its time stamp: git tells by it which entries may have changed unnoticed.
                    Files.copy(usersIndex, index, StandardCopyOption.COPY_ATTRIBUTES);
                }
                final Git.Answer added = indexed.ask(add.toArray(String[]::new));
                if (added.succeeded()) {
                    return indexed.tell("write-tree").strip();
                }
                // A file that an editor removed while git was reading it: look again.
                errors = added.errors();
            }
            throw new SourceException("CURRENT: the working tree of " + top + " can not be read: " + errors);
        } finally {
            Files.deleteIfExists(index);
        }
    }

    private String patched(final String tree, final String patch)
            throws IOException, InterruptedException, SourceException {
        final Path file = Path.of(patch).toAbsolutePath().normalize();
        if (!Files.isReadable(file)) {
            throw new SourceException("+patch=" + patch + ": there is no file " + file);
        }
        final Path index = scratch.fresh("index");
        final Git indexed = git.with("GIT_INDEX_FILE", index.toString());
        try {
            indexed.tell("read-tree", tree);
            final Git.Answer applied = indexed.ask("apply", "--cached", "--whitespace=nowarn", file.toString());
            if (!applied.succeeded()) {
                throw new SourceException("+patch=" + patch + " does not apply: "
                        + applied.errors().replace("\n", "; "));
            }
            return indexed.tell("write-tree").strip();
        } finally {
            Files.deleteIfExists(index);
        }
    }

    private String gitDirectory() throws IOException, InterruptedException, SourceException {
        return git.tell("rev-parse", "--absolute-git-dir").strip();
    }

    /** As git wants a path in a list of paths: in double quotes, so that a colon in it does not end it. */
    private static String quoted(final Path path) {
        return "\"" + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
