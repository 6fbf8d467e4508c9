package dev.maar.agent.run;

import dev.maar.agent.build.BuildContext;
import dev.maar.agent.build.EditedSubject;
import dev.maar.agent.build.SubjectArtifact;
import dev.maar.agent.fork.ForkFailedException;
import dev.maar.agent.job.AdopterRecipe;
import dev.maar.agent.job.AgentFacts;
import dev.maar.agent.job.Both;
import dev.maar.agent.job.BuildOutcome;
import dev.maar.agent.job.JigRecipe;
import dev.maar.agent.job.JobResult;
import dev.maar.agent.job.JobSpec;
import dev.maar.agent.job.Side;
import dev.maar.agent.job.SideName;
import dev.maar.agent.job.Stage;
import dev.maar.agent.job.StageStatus;
import dev.maar.agent.job.SubjectOutcome;
import dev.maar.agent.job.SubjectRecipe;
import dev.maar.agent.job.TestOutcome;
import dev.maar.agent.profile.Profile;
import dev.maar.agent.profile.Profiler;
import dev.maar.agent.quicktest.QuickTests;
import dev.maar.agent.resident.ResidentCompiler;
import dev.maar.agent.source.GitSource;
import dev.maar.agent.source.ScratchSpace;
import dev.maar.agent.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A worker for somebody who edits a subject and measures one adopter again and again: side a is built once, by Maven, and of side b only
 * what was edited is compiled, in this process. What can not be done that way is done by the worker as ever, and the reason is told.
 * For one thread.
 */
public final class ResidentRunner implements JobRunner {

    private final Worker worker;
    private final BuildContext context;
    private final ScratchSpace scratch;
    private final Consumer<String> telling;
    private final Optional<ResidentCompiler> compiler = ResidentCompiler.ofThisJdk();
    private Optional<Base> base = Optional.empty();
    /** The sides that the worker has right now, and how they were built. */
    private Optional<Answered> answered = Optional.empty();

    /**
     * A runner around a worker.
     *
     * @param worker does all but compiling
     * @param context caches and limits of builds
     * @param scratch for temporary folders
     * @param telling told, in a line, how side b was built
     */
    public ResidentRunner(
            final Worker worker,
            final BuildContext context,
            final ScratchSpace scratch,
            final Consumer<String> telling) {
        this.worker = worker;
        this.context = context;
        this.scratch = scratch;
        this.telling = telling;
    }

    /**
     * Side a as it was built, and what edits are compiled from.
     *
     * @param key what it is of
     * @param sides both sides' folders
     * @param subject the subject, brought from edit to edit
     * @param readyA what pairs run on side a
     */
    private record Base(Key key, TwinFolders sides, EditedSubject subject, StageRun.Ready readyA) {}

    /** What a job asked, and what came of it. */
    private record Answered(Key key, Both<Side> sides, JobResult.Staged result) {}

    private record Key(String adopter, String content, String tree) {
        static Key of(final JobSpec.Stages job) {
            return new Key(
                    job.adopter().name(),
                    job.adopter().contentSha256(),
                    job.sides().a().tree());
        }
    }

    /** Why an edit can not be compiled here. */
    private static final class NotHereException extends Exception {

        private static final long serialVersionUID = 1L;

        NotHereException(final String reason) {
            super(reason);
        }
    }

    /**
     * Says where the logs of forks go from now on: each experiment has its own folder.
     *
     * @param folder the folder
     */
    public void logTo(final Path folder) {
        worker.logTo(folder);
    }

    /**
     * Starts the test process of a side that was built.
     *
     * @param job the job by which it was built
     * @param name the side
     * @return the process; nothing when the adopter's tests can not be run this way
     * @throws IOException when it can not be started
     */
    public Optional<QuickTests> tests(final JobSpec.Stages job, final SideName name) throws IOException {
        final Side side = job.sides().of(name);
        final Optional<StageRun.Ready> ready = worker.built(job.adopter(), side);
        if (ready.isEmpty() || context.sandbox().confines()) {
            return Optional.empty();
        }
        final List<String> flags = new ArrayList<>(job.subject().jvmArgs());
        flags.addAll(side.jvmArgs());
        return QuickTests.start(
                new QuickTests.Setting(
                        context.jdk(side).resolve("bin").resolve("java"),
                        flags,
                        ready.get().adopter().classPath(),
                        ready.get().adopter().directory(),
                        side.env(),
                        scratch.fresh("tests")),
                context.reaper());
    }

    /**
     * The test classes of a job's adopter.
     *
     * @param job the job by which it was built
     * @return their names; none when it was not built
     * @throws IOException when its folder can not be read
     */
    public List<String> testClasses(final JobSpec.Stages job) throws IOException {
        final Optional<StageRun.Ready> ready =
                worker.built(job.adopter(), job.sides().b());
        return ready.isEmpty()
                ? List.of()
                : QuickTests.classes(ready.get().adopter().classPath());
    }

    /**
     * Profiles both sides of a cell, one after the other.
     *
     * @param job a pair of the cell
     * @param time how long each side is watched
     * @return both sides' profiles
     * @throws ForkFailedException when a fork fails under the profiler
     * @throws SourceException when a side can not be built any more
     * @throws IOException when a recording can not be written or read
     * @throws InterruptedException when interrupted meanwhile
     */
    public Both<Profile> profile(final JobSpec.Pairs job, final Duration time)
            throws ForkFailedException, IOException, InterruptedException, SourceException {
        try (Profiler profiler = new Profiler(context.reaper(), context.sandbox(), scratch.fresh("profiles"))) {
            final Profile a = worker.profile(job, SideName.A, profiler, time);
            return new Both<>(a, worker.profile(job, SideName.B, profiler, time));
        }
    }

    @Override
    public AgentFacts facts() {
        return worker.facts();
    }

    @Override
    public JobResult run(final JobSpec job) throws InterruptedException {
        if (!(job instanceof final JobSpec.Stages stages)) {
            return worker.run(job);
        }
        final Optional<JobResult.Staged> known = answered.filter(last ->
                        last.key().equals(Key.of(stages)) && last.sides().equals(stages.sides()))
                .map(Answered::result);
        if (known.isPresent()) {
            return named(stages.id(), known.get());
        }
        answered = Optional.empty();
        try {
            final JobResult.Staged result = edited(stages);
            answered = Optional.of(new Answered(Key.of(stages), stages.sides(), result));
            return result;
        } catch (final NotHereException e) {
            telling.accept("built in full: " + e.getMessage());
            return worker.run(job);
        } catch (final IOException | SourceException e) {
            return new JobResult.Undone(job.id(), facts().id(), e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        try {
            worker.close();
        } finally {
            if (compiler.isPresent()) {
                compiler.get().close();
            }
        }
    }

    private JobResult.Staged named(final String id, final JobResult.Staged result) {
        return new JobResult.Staged(id, result.agent(), result.subjects(), result.builds(), result.tests());
    }

    private JobResult.Staged edited(final JobSpec.Stages job)
            throws IOException, InterruptedException, SourceException, NotHereException {
        requireFits(job);
        final Base known = base(job);
        final Side b = job.sides().b();
        final long start = System.nanoTime();
        final EditedSubject.Result result =
                known.subject().build(b, known.sides().jar(SideName.B));
        final long millis = (System.nanoTime() - start) / 1_000_000;
        if (result instanceof final EditedSubject.Result.NotHere notHere) {
            throw new NotHereException(notHere.reason());
        }
        if (result instanceof final EditedSubject.Result.Broken broken) {
            return staged(job, known, broken(broken, millis), Optional.empty());
        }
        final EditedSubject.Result.Built built = (EditedSubject.Result.Built) result;
        if (!built.sameAbi()) {
            throw new NotHereException("a public signature of the subject changed, so the adopter is compiled again");
        }
        telling.accept("compiled " + (built.all() && built.compiled() > 1 ? "all " : "") + built.compiled()
                + (built.compiled() == 1 ? " source" : " sources") + " in " + millis + " ms");
        worker.provide(job.adopter(), b, known.sides().ready(SideName.B, built.artifact()));
        // When side b is side a again, pairs look both up under one name: whichever it is, it is the same content.
        if (!b.tree().equals(job.sides().a().tree())) {
            worker.provide(job.adopter(), job.sides().a(), known.readyA());
        }
        return staged(
                job, known, new BuildOutcome(StageStatus.PASS, "", "", false, millis), Optional.of(built.artifact()));
    }

    private static BuildOutcome broken(final EditedSubject.Result.Broken broken, final long millis) {
        final int shown = Math.min(3, broken.errors().size());
        final String more =
                broken.errors().size() > shown ? "\n... and " + (broken.errors().size() - shown) + " more" : "";
        return new BuildOutcome(
                StageStatus.FAIL, String.join("\n", broken.errors().subList(0, shown)) + more, "", false, millis);
    }

    private JobResult.Staged staged(
            final JobSpec.Stages job,
            final Base known,
            final BuildOutcome subjectB,
            final Optional<SubjectArtifact> artifactB)
            throws IOException {
        final BuildOutcome buildA = known.readyA().adopter().outcome();
        final BuildOutcome buildB = artifactB.isPresent()
                ? new BuildOutcome(StageStatus.PASS, BuildOutcome.SAME_ABI, buildA.log(), true, 0)
                : new BuildOutcome(
                        subjectB.status(),
                        "the subject itself does not build: " + subjectB.reason(),
                        "",
                        false,
                        subjectB.millis());
        final TestOutcome untested = TestOutcome.skipped("not asked for");
        return new JobResult.Staged(
                job.id(),
                facts().id(),
                new Both<>(
                        subject(
                                new BuildOutcome(StageStatus.PASS, "", "", true, 0),
                                known.readyA().artifact()),
                        artifactB.isPresent()
                                ? subject(subjectB, artifactB.get())
                                : new SubjectOutcome(subjectB, "", "", -1)),
                new Both<>(buildA, buildB),
                new Both<>(untested, untested));
    }

    private static SubjectOutcome subject(final BuildOutcome build, final SubjectArtifact artifact) throws IOException {
        return new SubjectOutcome(
                build,
                artifact.version(),
                artifact.sha256(),
                Files.size(artifact.jar().orElseThrow()));
    }

    /** What makes an edit more than a matter of a Java compiler. */
    private void requireFits(final JobSpec.Stages job) throws NotHereException {
        require(compiler.isPresent(), "the JDK that Maar runs on has no compiler");
        require(!context.sandbox().confines(), "in a sandbox builds are Maven's");
        require(job.subject().build() instanceof SubjectRecipe.Maven, "the subject's build is not Maven's");
        require(!job.stages().contains(Stage.TEST), "tests were asked for");
        for (final SideName name : SideName.values()) {
            final Side side = job.sides().of(name);
            require(side.release().isEmpty(), "side " + name.label() + " is a published version");
            require(side.jdk().isEmpty(), "side " + name.label() + " has a JDK of its own");
            require(side.copy() == 0, "side " + name.label() + " is a control");
        }
        final AdopterRecipe adopter = job.adopter();
        require(
                adopter.build() instanceof AdopterRecipe.MavenBuild
                        || adopter.build() instanceof AdopterRecipe.JavacBuild,
                "the adopter's build is a command");
        require(
                adopter.jigs().stream().allMatch(jig -> jig.program() instanceof JigRecipe.JvmJig),
                "the adopter has a jig that is not a JVM's");
    }

    private static void require(final boolean condition, final String otherwise) throws NotHereException {
        if (!condition) {
            throw new NotHereException(otherwise);
        }
    }

    private Base base(final JobSpec.Stages job)
            throws IOException, InterruptedException, SourceException, NotHereException {
        final Key key = Key.of(job);
        if (base.isPresent() && base.get().key().equals(key)) {
            return base.get();
        }
        if (base.isPresent()) {
            base.get().sides().remove();
            base = Optional.empty();
        }
        final Side a = job.sides().a();
        final Optional<StageRun.Ready> maven = mavenBuilt(job, a);
        if (maven.isEmpty()) {
            throw new NotHereException("side a does not build");
        }
        if (!(worker.sourceOf(job.subject()) instanceof final GitSource source)) {
            throw new NotHereException("the subject has no source");
        }
        final Path folder = Files.createDirectories(scratch.fresh("resident"));
        final EditedSubject.Opened opened = EditedSubject.open(
                context,
                compiler.orElseThrow(),
                job.subject(),
                maven.get().artifact(),
                a,
                source,
                Files.createDirectories(folder.resolve("subject")));
        if (opened instanceof final EditedSubject.Opened.NotHere notHere) {
            throw new NotHereException(notHere.reason());
        }
        final EditedSubject subject = ((EditedSubject.Opened.Here) opened).subject();
        final Optional<TwinFolders> sides = TwinFolders.of(folder, maven.get());
        if (sides.isEmpty()) {
            throw new NotHereException("the subject's jar is not on the adopter's class path");
        }
        final SubjectArtifact artifactA = subject.base(sides.get().jar(SideName.A));
        final Base fresh = new Base(key, sides.get(), subject, sides.get().ready(SideName.A, artifactA));
        base = Optional.of(fresh);
        return fresh;
    }

    /** Side a by Maven, or as Maven built it before. */
    private Optional<StageRun.Ready> mavenBuilt(final JobSpec.Stages job, final Side a) throws InterruptedException {
        final Both<Side> alone = new Both<>(a, a);
        worker.run(new JobSpec.Stages(
                job.id(), job.experiment(), job.subject(), alone, job.adopter(), Set.of(Stage.BUILD)));
        return worker.built(job.adopter(), a);
    }
}
