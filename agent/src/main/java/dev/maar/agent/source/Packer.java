package dev.maar.agent.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Packs files for others to fetch, into a folder, each pack under its hash. Safe for several threads. */
public final class Packer {

    private static final String SUFFIX = ".pack";

    private final Path folder;
    private final ScratchSpace scratch;

    /**
     * Packs.
     *
     * @param folder where the packs go
     * @param scratch for temporary files
     */
    public Packer(final Path folder, final ScratchSpace scratch) {
        this.folder = folder;
        this.scratch = scratch;
    }

    /**
     * The pack with a hash.
     *
     * @param folder where packs are
     * @param sha256 the hash; what is none names nothing
     * @return the file; nothing when there is none
     */
    public static Optional<Path> find(final Path folder, final String sha256) {
        return sha256.matches("[0-9a-f]{64}")
                ? Optional.of(folder.resolve(sha256 + SUFFIX)).filter(Files::isRegularFile)
                : Optional.empty();
    }

    /**
     * Packs trees of a repository.
     *
     * @param source the repository
     * @param trees the trees
     * @return what stands for it
     * @throws SourceException when a tree is not there
     * @throws IOException when the pack can not be written
     * @throws InterruptedException when interrupted meanwhile
     */
    public Packed trees(final GitSource source, final Collection<String> trees)
            throws IOException, InterruptedException, SourceException {
        final Path pack = scratch.fresh("packed");
        source.pack(trees, pack);
        return kept(pack, "");
    }

    /**
     * Packs a folder, byte for byte, with what may be run and symbolic links. Empty folders are left out.
     *
     * @param directory the folder
     * @return what stands for it
     * @throws SourceException when git refuses something in it
     * @throws IOException when the pack can not be written
     * @throws InterruptedException when interrupted meanwhile
     */
    public Packed files(final Path directory) throws IOException, InterruptedException, SourceException {
        final Path repository = scratch.fresh("packing");
        final Path pack = scratch.fresh("packed");
        try {
            Verbatim.repository(repository);
            final Git git = Git.in(directory)
                    .with("GIT_DIR", repository.toString())
                    .with("GIT_WORK_TREE", directory.toString())
                    .with("GIT_INDEX_FILE", repository.resolve("index").toString());
            git.tell("add", "--all", "--force", "--", ".");
            final String tree = git.tell("write-tree").strip();
            GitSource.pack(git, List.of(tree), scratch, pack);
            return kept(pack, tree);
        } finally {
            FileTrees.delete(repository);
        }
    }

    private Packed kept(final Path pack, final String tree) throws IOException {
        final Packed packed = new Packed(ContentHash.ofFile(pack), Files.size(pack), tree);
        Files.createDirectories(folder);
        Files.move(pack, folder.resolve(packed.sha256() + SUFFIX), StandardCopyOption.REPLACE_EXISTING);
        return packed;
    }
}
