package dev.maar.coordinator.experiment;

import dev.maar.agent.build.JigSources;
import dev.maar.agent.source.GitSource;
import dev.maar.agent.source.Jdks;
import dev.maar.agent.source.RemoteRepository;
import dev.maar.agent.source.ScratchSpace;
import dev.maar.agent.source.Snapshot;
import dev.maar.agent.source.SourceException;
import dev.maar.coordinator.manifest.AdopterManifest;
import dev.maar.coordinator.manifest.Source;
import java.io.IOException;
import java.nio.file.Path;

/** Takes an adopter's files once for an experiment: from a folder or a pinned commit, with the jigs that live beside its manifest. */
public final class AdopterFiles {

    private final Path cache;
    private final ScratchSpace scratch;
    private final Jdks jdks;

    /**
     * Takes files.
     *
     * @param cache the farm's cache, where git repositories are mirrored
     * @param scratch where the snapshots go
     * @param jdks the JDKs of this machine
     */
    public AdopterFiles(final Path cache, final ScratchSpace scratch, final Jdks jdks) {
        this.cache = cache;
        this.scratch = scratch;
        this.jdks = jdks;
    }

    /**
     * The snapshot of an adopter.
     *
     * @param manifest the adopter
     * @return its files
     * @throws PlanException when they can not be had; the message names the manifest
     * @throws IOException when the snapshot can not be written
     * @throws InterruptedException when interrupted meanwhile
     */
    Snapshot of(final AdopterManifest manifest) throws PlanException, IOException, InterruptedException {
        final Path into = scratch.fresh("adopter-" + manifest.name());
        try {
            Snapshot snapshot = taken(manifest, into);
            for (final AdopterManifest.Jig jig : manifest.jigs()) {
                if (jig.sources().isPresent()) {
                    snapshot = snapshot.with(jig.sources().get(), Path.of(JigSources.FOLDER, jig.name()));
                }
            }
            return snapshot;
        } catch (final SourceException e) {
            throw new PlanException(manifest.file() + ": adopter " + manifest.name() + ": " + e.getMessage());
        }
    }

    private Snapshot taken(final AdopterManifest manifest, final Path into)
            throws SourceException, PlanException, IOException, InterruptedException {
        final Source source = manifest.source();
        if (source instanceof final Source.Folder folder) {
            return Snapshot.of(folder.path(), into);
        }
        if (source instanceof final Source.Git git) {
            final Path mirror = RemoteRepository.open(git.url(), cache).withCommit(git.ref());
            return Snapshot.of(GitSource.open(mirror, cache, scratch, jdks), git.ref(), into);
        }
        throw new PlanException(manifest.file() + ": adopter " + manifest.name() + " has no source");
    }
}
