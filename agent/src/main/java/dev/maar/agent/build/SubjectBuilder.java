package dev.maar.agent.build;

import dev.maar.agent.job.AdopterRecipe.Resources;
import dev.maar.agent.job.BuildOutcome;
import dev.maar.agent.job.Side;
import dev.maar.agent.job.StageStatus;
import dev.maar.agent.job.SubjectOutcome;
import dev.maar.agent.job.SubjectRecipe;
import dev.maar.agent.sandbox.Limits;
import dev.maar.agent.sandbox.Place;
import dev.maar.agent.source.ContentHash;
import dev.maar.agent.source.FileMutex;
import dev.maar.agent.source.FileTrees;
import dev.maar.agent.source.GitSource;
import dev.maar.agent.source.Jdks;
import dev.maar.agent.source.SideSource;
import dev.maar.agent.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Builds one side's subject and puts it into the farm's Maven repository under a version that its content gives it. What was built
 * is kept under the hash of what went in; a build that the environment spoilt is not. Thread-safe, for several processes too.
 */
public final class SubjectBuilder {

    private static final String RECORD = "subject.json";
    private static final String LOG = "build.log";

    /** What a subject's build may use: more than any needs, so that only one that has gone wild is stopped. */
    private static final Limits LIMITS = Limits.ofBuild(new Resources(4L << 30, 2048, 16L << 30));

    private final BuildContext context;

    /**
     * With what all builders share.
     *
     * @param context the context
     */
    public SubjectBuilder(final BuildContext context) {
        this.context = context;
    }

    /**
     * Builds a side, or finds it built.
     *
     * @param recipe how
     * @param side which content
     * @param source where the content is
     * @return what came of it; a build that fails is an outcome, not an exception
     * @throws SourceException when the side's tree is not there or can not be used
     * @throws IOException when the cache can not be written
     * @throws InterruptedException when interrupted; what ran is gone then
     */
    public SubjectBuild build(final SubjectRecipe recipe, final Side side, final SideSource source)
            throws IOException, InterruptedException, SourceException {
        if (side.release().isPresent()) {
            return published(recipe, side.release().get(), context.jdk(side));
        }
        if (source instanceof final GitSource repository) {
            return built(recipe, side, repository);
        }
        throw new SourceException(
                "side " + side.spec() + " of subject " + recipe.name() + " needs the subject's source");
    }

    /** A published version: nothing is built, Maven fetches it with what it needs. */
    private SubjectBuild published(final SubjectRecipe recipe, final String version, final Path jdk)
            throws IOException, InterruptedException, SourceException {
        if (recipe.artifact().isEmpty()) {
            throw new SourceException(
                    "subject " + recipe.name() + " has no 'artifact', so it has no published versions");
        }
        final String key = new ContentHash()
                .with("kind", "maar-release/2")
                .with("artifact", recipe.artifact())
                .with("version", version)
                .hex();
        context.repository().withhold(recipe.artifact());
        final Path home = context.cacheDirectory().resolve("subjects").resolve(key);
        try (FileMutex ignored = FileMutex.acquire(context.lock("subject-" + key))) {
            context.cache().use(home);
            final Optional<Kept> kept =
                    Store.read(home.resolve(RECORD), Kept.class).filter(found -> found.isWhole(home));
            if (kept.isPresent()) {
                return result(recipe, kept.get(), home, true);
            }
            context.progress().begins("fetching " + recipe.artifact() + ":" + version);
            FileTrees.delete(home);
            // A published version has no source, but commands are told a folder.
            Files.createDirectories(home.resolve("source"));
            final Kept fetched =
                    withAbi(new PublishedSubject(context).fetch(recipe.artifact(), version, jdk, home, LOG), home);
            if (fetched.status() != StageStatus.INFRA) {
                Store.write(home.resolve(RECORD), fetched);
            }
            return result(recipe, fetched, home, false);
        }
    }

    /** The place of a subject's build, and of a call of Maven that only finds libraries. */
    static Place place(final Path root, final Path jdk) {
        return Place.toWork(List.of(root), LIMITS).seeing(List.of(jdk));
    }

    private SubjectBuild built(final SubjectRecipe recipe, final Side side, final GitSource source)
            throws IOException, InterruptedException, SourceException {
        final Path jdk = context.jdk(side);
        final ContentHash hash = new ContentHash()
                .with("kind", "maar-subject/2")
                .with("artifact", recipe.artifact())
                .with("build", recipe.build())
                .with("content", SubjectContent.of(recipe.build(), side.tree(), source))
                .with("jdk", Jdks.identity(jdk))
                .with("copy", side.copy());
        if (context.sandbox().confines()) {
            // What fails for want of a network is not taken for what fails with one.
            hash.with("sandbox", context.sandbox().label());
        }
        final String key = hash.hex();
        if (!recipe.artifact().isEmpty()) {
            context.repository().withhold(recipe.artifact());
        }
        final Path home = context.cacheDirectory().resolve("subjects").resolve(key);
        try (FileMutex ignored = FileMutex.acquire(context.lock("subject-" + key))) {
            context.cache().use(home);
            final Optional<Kept> kept =
                    Store.read(home.resolve(RECORD), Kept.class).filter(found -> found.isWhole(home));
            if (kept.isPresent()) {
                return result(recipe, kept.get(), home, true);
            }
            context.progress()
                    .begins("building subject " + recipe.name() + ", side "
                            + side.name().label());
            ProgramRun.awaitAbandoned(home);
            FileTrees.delete(home);
            Files.createDirectories(home);
            source.materialise(side.tree(), home.resolve("source"));
            final Kept built = withAbi(build(recipe, side, jdk, home), home);
            if (built.status() != StageStatus.INFRA) {
                Store.write(home.resolve(RECORD), built);
            }
            return result(recipe, built, home, false);
        }
    }

    /** A subject of several modules has none: what its adopters see is more than its own jar. */
    private static Kept withAbi(final Kept kept, final Path home) throws IOException {
        if (kept.artifacts().size() != 1
                || kept.artifacts().get(0).coordinates().isEmpty()) {
            return kept;
        }
        final Kept.KeptArtifact artifact = kept.artifacts().get(0);
        return kept.withAbi(Abi.of(home.resolve(artifact.jar()), Files.readAllBytes(home.resolve(artifact.pom()))));
    }

    private Kept build(final SubjectRecipe recipe, final Side side, final Path jdk, final Path home)
            throws IOException, InterruptedException {
        if (recipe.build() instanceof SubjectRecipe.None) {
            return Kept.passed(
                    "source-" + side.tree().substring(0, 12), ContentHash.ofText(side.tree()), "", 0, List.of());
        }
        final Path root = home.resolve("source");
        final Path log = home.resolve(LOG);
        final ProgramRun.Watch limits = ProgramRun.limits(
                "the build",
                context.settings().subjectTimeouts().buildMillis(),
                context.settings().subjectTimeouts().silenceMillis());
        final SubjectProduct product = recipe.build() instanceof SubjectRecipe.Maven maven
                ? new MavenSubject(context, maven, side.copy())
                : new CommandSubject(context, (SubjectRecipe.Command) recipe.build(), side.copy());
        final ProgramRun.End end = product.run(root, jdk, log, limits);
        if (!end.stopped().isEmpty()) {
            return Kept.failed(StageStatus.INFRA, end.stopped(), end.millis());
        }
        if (!end.succeeded()) {
            final BuildLog said = BuildLog.read(log);
            final Optional<String> fault = said.environmentFault(end.exit(), recipe.artifact());
            return Kept.failed(
                    fault.isPresent() ? StageStatus.INFRA : StageStatus.FAIL,
                    fault.orElseGet(() -> said.errors(end.exit())),
                    end.millis());
        }
        try {
            return product.collect(root, home, recipe.artifact(), end.millis());
        } catch (final NoProductException e) {
            return Kept.failed(StageStatus.FAIL, e.reason(), end.millis());
        }
    }

    private SubjectBuild result(final SubjectRecipe recipe, final Kept kept, final Path home, final boolean cached)
            throws IOException {
        final Path log = home.resolve(LOG);
        final BuildOutcome outcome = new BuildOutcome(
                kept.status(), kept.reason(), Files.exists(log) ? log.toString() : "", cached, kept.millis());
        if (kept.status() != StageStatus.PASS) {
            return new SubjectBuild(new SubjectOutcome(outcome, "", "", -1), Optional.empty());
        }
        for (final Kept.KeptArtifact artifact : kept.artifacts()) {
            if (!artifact.coordinates().isEmpty()) {
                context.repository()
                        .install(
                                artifact.coordinates(),
                                kept.version(),
                                home.resolve(artifact.jar()),
                                Files.readAllBytes(home.resolve(artifact.pom())));
            }
        }
        final Optional<Kept.KeptArtifact> main = kept.artifacts().stream().findFirst();
        final SubjectArtifact artifact = new SubjectArtifact(
                recipe.name(),
                recipe.artifact(),
                kept.version(),
                main.map(found -> home.resolve(found.jar())),
                main.filter(found -> !found.coordinates().isEmpty()).map(found -> home.resolve(found.pom())),
                kept.sha256(),
                kept.entry(),
                kept.abi(),
                home.resolve("source"),
                recipe.jvmArgs());
        final String sha256 = main.isPresent() ? kept.sha256() : "";
        final long bytes = main.isPresent() ? Files.size(home.resolve(main.get().jar())) : -1;
        return new SubjectBuild(new SubjectOutcome(outcome, kept.version(), sha256, bytes), Optional.of(artifact));
    }
}
