package dev.maar.agent.run;

import dev.maar.agent.build.AdopterBuilder;
import dev.maar.agent.build.AdopterTester;
import dev.maar.agent.build.BuildContext;
import dev.maar.agent.build.BuiltAdopter;
import dev.maar.agent.build.SubjectArtifact;
import dev.maar.agent.build.SubjectBuild;
import dev.maar.agent.job.Both;
import dev.maar.agent.job.BuildOutcome;
import dev.maar.agent.job.JobSpec;
import dev.maar.agent.job.Side;
import dev.maar.agent.job.SideName;
import dev.maar.agent.job.Stage;
import dev.maar.agent.job.StageStatus;
import dev.maar.agent.job.SubjectOutcome;
import dev.maar.agent.job.TestOutcome;
import dev.maar.agent.source.SourceException;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Builds and tests one adopter against both sides. What the environment spoilt on either side is done once more on both, from nothing;
 * tests that fail on one side only are run again on both. For one thread.
 */
final class StageRun {

    private static final String TWICE = "tried twice: ";

    private final BuildContext context;
    private final Subjects subjects;
    private final Consumer<String> doing;

    /** Builds a side's subject, or finds it built. */
    @FunctionalInterface
    interface Subjects {
        /** What came of it. */
        SubjectBuild build(Side side) throws IOException, InterruptedException, SourceException;
    }

    /**
     * What came of one side.
     *
     * @param subject how the subject's build ended
     * @param build how the adopter's build ended
     * @param test how its tests ended
     * @param ready what is needed to go on with it; nothing when it does not build
     */
    record Staged(SubjectOutcome subject, BuildOutcome build, TestOutcome test, Optional<Ready> ready) {

        boolean spoilt() {
            return build.status() == StageStatus.INFRA || test.status() == StageStatus.INFRA;
        }

        /** The same, with the reason saying that this was not the first try. */
        Staged triedTwice() {
            final BuildOutcome twice = build.status() == StageStatus.INFRA
                    ? new BuildOutcome(
                            build.status(), TWICE + build.reason(), build.log(), build.cached(), build.millis())
                    : build;
            final TestOutcome tested = test.status() == StageStatus.INFRA
                    ? new TestOutcome(
                            test.status(),
                            TWICE + test.reason(),
                            test.tests(),
                            test.log(),
                            test.cached(),
                            test.millis())
                    : test;
            return new Staged(subject, twice, tested, ready);
        }

        Staged withTest(final TestOutcome settled) {
            return new Staged(subject, build, settled, ready);
        }
    }

    /**
     * An adopter that is built against a side.
     *
     * @param adopter the adopter
     * @param artifact the side's subject
     */
    record Ready(BuiltAdopter adopter, SubjectArtifact artifact) {}

    StageRun(final BuildContext context, final Subjects subjects, final Consumer<String> doing) {
        this.context = context;
        this.subjects = subjects;
        this.doing = doing;
    }

    /** Does a job. */
    Both<Staged> run(final JobSpec.Stages job) throws IOException, InterruptedException, SourceException {
        final Both<Staged> first = both(job);
        if (!first.a().spoilt() && !first.b().spoilt()) {
            return settled(job, first);
        }
        doing.accept("trying " + job.adopter().name() + " once more on both sides: the environment failed");
        for (final SideName name : SideName.values()) {
            final Optional<Ready> ready = first.of(name).ready();
            if (ready.isPresent()) {
                new AdopterBuilder(context)
                        .forget(
                                job.adopter(),
                                ready.get().artifact(),
                                job.sides().of(name));
            }
        }
        final Both<Staged> second = both(job);
        return settled(job, new Both<>(second.a().triedTwice(), second.b().triedTwice()));
    }

    private Both<Staged> both(final JobSpec.Stages job) throws IOException, InterruptedException, SourceException {
        return new Both<>(one(job, SideName.A), one(job, SideName.B));
    }

    private Staged one(final JobSpec.Stages job, final SideName name)
            throws IOException, InterruptedException, SourceException {
        final Side side = job.sides().of(name);
        final SubjectBuild subject = subjects.build(side);
        if (subject.artifact().isEmpty()) {
            final BuildOutcome failed = subject.outcome().build();
            final BuildOutcome build = new BuildOutcome(
                    failed.status(),
                    "the subject itself does not build: " + failed.reason(),
                    failed.log(),
                    failed.cached(),
                    failed.millis());
            return new Staged(
                    subject.outcome(), build, TestOutcome.skipped("the subject does not build"), Optional.empty());
        }
        final SubjectArtifact artifact = subject.artifact().get();
        final BuiltAdopter adopter = new AdopterBuilder(context).build(job.adopter(), artifact, side, job.stages());
        final Ready ready = new Ready(adopter, artifact);
        return new Staged(subject.outcome(), adopter.outcome(), test(job, side, ready), Optional.of(ready));
    }

    private TestOutcome test(final JobSpec.Stages job, final Side side, final Ready ready)
            throws IOException, InterruptedException {
        if (!job.stages().contains(Stage.TEST)) {
            return TestOutcome.skipped("not asked for");
        }
        if (!ready.adopter().passed()) {
            return TestOutcome.skipped("does not build");
        }
        return new AdopterTester(context).test(job.adopter(), ready.adopter(), ready.artifact(), side);
    }

    /** The sides with what their tests say when those that differ are run again. */
    private Both<Staged> settled(final JobSpec.Stages job, final Both<Staged> staged)
            throws IOException, InterruptedException {
        final TestRuns runs =
                new TestRuns(new Both<>(staged.a().test(), staged.b().test()));
        for (int run = 2; run <= TestRuns.MOST && runs.disagree(); run++) {
            runs.add(new Both<>(again(job, SideName.A, staged, run), again(job, SideName.B, staged, run)));
        }
        return new Both<>(staged.a().withTest(runs.of(SideName.A)), staged.b().withTest(runs.of(SideName.B)));
    }

    private TestOutcome again(final JobSpec.Stages job, final SideName name, final Both<Staged> staged, final int run)
            throws IOException, InterruptedException {
        final Optional<Ready> ready = staged.of(name).ready();
        if (ready.isEmpty()) {
            return TestOutcome.skipped("does not build");
        }
        doing.accept("testing " + job.adopter().name() + ", side " + name.label() + ", once more (run " + run + ")");
        return new AdopterTester(context)
                .testAgain(
                        job.adopter(),
                        ready.get().adopter(),
                        ready.get().artifact(),
                        job.sides().of(name),
                        run);
    }
}
