package dev.maar.agent.source;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Packs that have come, and the files that were in them. What has come in part is gone on with after a restart. For one thread of the
 * only process that uses the folder.
 */
public final class Arrivals {

    private static final String PARTIAL = ".part";
    private static final String REPOSITORY = "repository";
    private static final String FILES = "files";

    private final Path folder;
    private final ScratchSpace scratch;
    private final Jdks jdks;

    /** The hashes of the files that this process has looked at: a job for each pair would have them all read again. */
    private final Map<Packed, String> verified = new HashMap<>();

    /**
     * What has come.
     *
     * @param folder where it is kept
     * @param scratch for temporary files; on the same file system
     * @param jdks the JDKs of this machine
     */
    public Arrivals(final Path folder, final ScratchSpace scratch, final Jdks jdks) {
        this.folder = folder;
        this.scratch = scratch;
        this.jdks = jdks;
    }

    /**
     * Whether all of a pack is here.
     *
     * @param packed the pack
     * @return true when {@link #repository} and {@link #files} can be asked for it
     */
    public boolean has(final Packed packed) {
        return Files.isDirectory(place(packed).resolve(REPOSITORY));
    }

    /**
     * How much of a pack is here.
     *
     * @param packed the pack
     * @return bytes from its beginning
     * @throws IOException when that can not be told
     */
    public long received(final Packed packed) throws IOException {
        final Path partial = partial(packed);
        if (!Files.exists(partial)) {
            return 0;
        }
        final long size = Files.size(partial);
        if (size > packed.bytes()) {
            Files.delete(partial);
            return 0;
        }
        return size;
    }

    /**
     * The next bytes of a pack. With the last ones it is unpacked.
     *
     * @param packed the pack
     * @param offset where they belong; what does not begin at {@link #received} is not taken
     * @param bytes the bytes
     * @throws SourceException when what has come is not what was packed; it is thrown away
     * @throws IOException when there is no room
     * @throws InterruptedException when interrupted meanwhile
     */
    public void take(final Packed packed, final long offset, final byte[] bytes)
            throws IOException, InterruptedException, SourceException {
        Files.createDirectories(folder);
        if (has(packed) || offset != received(packed) || offset + bytes.length > packed.bytes()) {
            return;
        }
        try (OutputStream file =
                Files.newOutputStream(partial(packed), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            file.write(bytes);
        }
        if (received(packed) == packed.bytes()) {
            unpack(packed);
        }
    }

    private void unpack(final Packed packed) throws IOException, InterruptedException, SourceException {
        final Path partial = partial(packed);
        final Path fresh = scratch.fresh("arrived");
        try {
            if (!ContentHash.ofFile(partial).equals(packed.sha256())) {
                throw new SourceException("what has come of pack " + packed.sha256() + " is not what was packed");
            }
            if (packed.tree().isEmpty()) {
                Files.createDirectories(fresh);
                Git.in(fresh).tell("init", "--quiet", "--bare");
            } else {
                Verbatim.repository(fresh);
            }
            Git.in(fresh).reading(partial).tell("index-pack", "--strict", "--stdin");
            Files.createDirectories(place(packed));
            Files.move(fresh, place(packed).resolve(REPOSITORY), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            FileTrees.delete(fresh);
            Files.deleteIfExists(partial);
        }
    }

    /**
     * The repository that holds a pack's trees.
     *
     * @param packed a pack that is here
     * @return a bare repository, to be read only
     * @throws IOException when it can not be written that it was used
     */
    public Path repository(final Packed packed) throws IOException {
        used(packed);
        return place(packed).resolve(REPOSITORY);
    }

    /**
     * The folder that was packed.
     *
     * @param packed a pack that is here, of a folder
     * @param contentSha256 the snapshot's hash that the files must have
     * @return the folder, to be read only
     * @throws SourceException when they have another, or a symbolic link leads outside
     * @throws IOException when they can not be written
     * @throws InterruptedException when interrupted meanwhile
     */
    public Path files(final Packed packed, final String contentSha256)
            throws IOException, InterruptedException, SourceException {
        used(packed);
        final Path files = place(packed).resolve(FILES);
        if (contentSha256.equals(verified.get(packed))) {
            return files.toRealPath();
        }
        if (!Files.isDirectory(files)) {
            GitSource.open(place(packed).resolve(REPOSITORY), scratch.fresh("objects"), scratch, jdks)
                    .materialise(packed.tree(), files);
        }
        if (!Snapshot.contentOf(files).equals(contentSha256)) {
            FileTrees.delete(files);
            throw new SourceException("the files in pack " + packed.sha256() + " are not those of the snapshot");
        }
        verified.put(packed, contentSha256);
        return files.toRealPath();
    }

    /**
     * Removes what was used longest ago, until the rest is small enough. Nothing may be in use meanwhile.
     *
     * @param bytes how much may stay
     * @throws IOException when something can not be removed
     */
    public void evict(final long bytes) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        final List<Path> places = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            all.forEach(places::add);
        }
        places.sort(Comparator.comparing(Arrivals::lastUsed).reversed());
        long kept = 0;
        for (final Path place : places) {
            kept += size(place);
            if (kept > bytes) {
                FileTrees.delete(place);
            }
        }
    }

    private static long size(final Path place) throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static FileTime lastUsed(final Path place) {
        try {
            return Files.getLastModifiedTime(place);
        } catch (final IOException gone) {
            return FileTime.from(Instant.EPOCH);
        }
    }

    private void used(final Packed packed) throws IOException {
        Files.setLastModifiedTime(place(packed), FileTime.from(Instant.now()));
    }

    private Path place(final Packed packed) {
        return folder.resolve(packed.sha256());
    }

    private Path partial(final Packed packed) {
        return folder.resolve(packed.sha256() + PARTIAL);
    }
}
