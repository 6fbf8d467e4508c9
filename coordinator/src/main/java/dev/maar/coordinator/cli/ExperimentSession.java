package dev.maar.coordinator.cli;

import dev.maar.agent.job.AgentFacts;
import dev.maar.agent.job.Both;
import dev.maar.agent.job.Side;
import dev.maar.agent.job.SideName;
import dev.maar.agent.job.Verdict;
import dev.maar.agent.measure.Budget;
import dev.maar.agent.source.GitSource;
import dev.maar.agent.source.SideSpec;
import dev.maar.agent.source.SourceException;
import dev.maar.agent.stats.Metric;
import dev.maar.coordinator.dispatch.EmbeddedFarm;
import dev.maar.coordinator.dispatch.JobBoard;
import dev.maar.coordinator.experiment.Experiment;
import dev.maar.coordinator.experiment.PlanException;
import dev.maar.coordinator.experiment.Planner;
import dev.maar.coordinator.experiment.Progress;
import dev.maar.coordinator.experiment.Request;
import dev.maar.coordinator.manifest.AdopterManifest;
import dev.maar.coordinator.manifest.ManifestException;
import dev.maar.coordinator.manifest.Manifests;
import dev.maar.coordinator.manifest.Selection;
import dev.maar.coordinator.manifest.SelectionException;
import dev.maar.coordinator.manifest.SelectionHistory;
import dev.maar.coordinator.manifest.Source;
import dev.maar.coordinator.manifest.SubjectManifest;
import dev.maar.coordinator.merge.Merge;
import dev.maar.coordinator.plan.Plan;
import dev.maar.coordinator.plan.RunFolder;
import dev.maar.coordinator.report.Report;
import dev.maar.coordinator.report.ReportFolder;
import dev.maar.coordinator.report.ReportJson;
import dev.maar.coordinator.report.VerdictTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** One experiment as the command line runs it: embedded, watched, reported. The commands differ only in what they ask for. */
final class ExperimentSession {

    private final MaarCommand maar;
    private final MeasureOptions options;
    private final Console console;
    private final Clock clock = Clock.systemUTC();

    ExperimentSession(final MaarCommand maar, final MeasureOptions options) {
        this.maar = maar;
        this.options = options;
        this.console = options.console();
    }

    /**
     * What one command asks for beyond the common options.
     *
     * @param name what the experiment is called
     * @param a the baseline, if given
     * @param b the candidate
     * @param adopters the selection
     * @param stages what is done with each adopter
     * @param only further restrictions of the cells
     */
    record Question(
            String name,
            Optional<String> a,
            String b,
            String adopters,
            List<dev.maar.agent.job.Stage> stages,
            Request.Only only) {}

    /** Runs it; returns the exit code. */
    int run(final Question question) throws Exception {
        final Manifests manifests = Manifests.load(options.manifests(maar.root()));
        final Request request = request(question, manifests);
        try (Interruption interruption = Interruption.watch()) {
            try (EmbeddedFarm farm = EmbeddedFarm.open(maar.state())) {
                final GitSource source = source(request.subject(), farm);
                final String id = ExperimentId.draw(clock);
                final Plan plan = new Planner(source, farm.scratch(), clock)
                        .plan(id, request, request.budget().rules());
                final RunFolder folder =
                        new RunFolder(options.out(maar.state(), id).toAbsolutePath());
                introduce(plan);
                final Report.Status status = experiment(plan, folder, farm, request.budget());
                return finish(plan, folder, status, request.budget());
            } catch (final InterruptedException e) {
                console.say("maar: interrupted");
                return ExitCode.INTERRUPTED;
            }
        }
    }

    private Request request(final Question question, final Manifests manifests)
            throws SelectionException, ManifestException, SourceException, PlanException {
        final SubjectManifest subject = manifests.subject(options.subject());
        final long seed = options.seed();
        final List<AdopterManifest> adopters = Selection.parse(question.adopters())
                .select(manifests.adoptersOf(subject.name()), seed, SelectionHistory.NONE);
        requireJig(question, adopters);
        final Optional<SideSpec> a =
                question.a().isPresent() ? Optional.of(SideSpec.parse(question.a().get())) : Optional.empty();
        return new Request(
                question.name(),
                subject,
                a,
                SideSpec.parse(question.b()),
                adopters,
                question.stages(),
                options.budget(),
                seed,
                options.cases(),
                question.only(),
                options.repeated());
    }

    private static void requireJig(final Question question, final List<AdopterManifest> adopters)
            throws PlanException {
        final Optional<String> jig = question.only().jig();
        if (jig.isPresent()
                && adopters.stream()
                        .flatMap(adopter -> adopter.jigs().stream())
                        .noneMatch(known -> known.name().equals(jig.get()))) {
            throw new PlanException("adopter " + question.adopters() + " has no jig '" + jig.get() + "'; it has "
                    + adopters.stream()
                            .flatMap(adopter -> adopter.jigs().stream())
                            .map(AdopterManifest.Jig::name)
                            .toList());
        }
    }

    private static GitSource source(final SubjectManifest subject, final EmbeddedFarm farm)
            throws PlanException, SourceException, IOException, InterruptedException {
        if (!(subject.source() instanceof final Source.Folder folder)) {
            throw new PlanException(subject.file() + ": subject " + subject.name()
                    + " comes from elsewhere than a folder, which a local run can not fetch; clone it and give its path");
        }
        return GitSource.open(folder.path(), farm.cache(), farm.scratch(), farm.jdks());
    }

    private void introduce(final Plan plan) {
        final int cells =
                plan.adopters().stream().mapToInt(adopter -> adopter.cells().size()).sum();
        console.say("maar: " + plan.subject().name() + ", " + plan.adopters().size() + " adopters, " + cells
                + " cells, budget " + plan.budget() + ", seed " + plan.seed());
        console.say("  a " + words(plan.sides(), SideName.A));
        console.say("  b " + words(plan.sides(), SideName.B));
    }

    private static String words(final Both<Side> sides, final SideName name) {
        final Side side = sides.of(name);
        final String commit = side.commit().isEmpty() ? "" : ", commit " + shortened(side.commit());
        final String same = name == SideName.B && sides.a().tree().equals(side.tree()) ? ", the same as a" : "";
        return side.spec() + commit + (side.dirty() ? ", with uncommitted changes" : "") + same;
    }

    private static String shortened(final String hash) {
        return hash.length() > 12 ? hash.substring(0, 12) : hash;
    }

    private Report.Status experiment(
            final Plan plan, final RunFolder folder, final EmbeddedFarm farm, final Budget budget)
            throws IOException, InterruptedException {
        final boolean bar = console.terminal() && !console.quiet();
        try (BarProgress shown = bar ? new BarProgress(console) : null) {
            final Progress progress = shown == null ? new LineProgress(console) : shown;
            try (JobBoard board = farm.board(folder.logs(), progress::doing)) {
                new Experiment(plan, folder, board, budget.rules(), List.of(Metric.TIME), progress).run();
                return Report.Status.COMPLETED;
            } catch (final InterruptedException e) {
                // Interrupted once: from here on the partial report is written, undisturbed.
                return Report.Status.ABORTED;
            }
        }
    }

    private int finish(
            final Plan plan, final RunFolder folder, final Report.Status status, final Budget budget)
            throws IOException {
        final List<AgentFacts> agents = folder.agents();
        final Merge.Merged merged = new Merge(plan, folder.path(), budget.rules(), List.of(Metric.TIME))
                .merge(agents, folder.kept(), status, clock.instant());
        ReportFolder.write(merged.report(), folder.path());
        show(merged.report(), folder.path(), console, options.json());
        if (status == Report.Status.ABORTED) {
            return ExitCode.INTERRUPTED;
        }
        return code(merged);
    }

    static void show(
            final Report report, final Path folder, final Console console, final Optional<String> json)
            throws IOException {
        if (json.isPresent() && json.get().equals("-")) {
            System.out.println(ReportJson.text(report));
        } else if (json.isPresent()) {
            Files.writeString(Path.of(json.get()), ReportJson.text(report));
        }
        console.out().println(VerdictTable.text(report, folder, console.colour()));
    }

    static int code(final Merge.Merged merged) {
        if (merged.regressed()) {
            return ExitCode.REGRESSED;
        }
        final boolean errors = merged.report().adopters().stream()
                .anyMatch(adopter -> adopter.verdict() == Verdict.ERROR || adopter.verdict() == Verdict.SKIPPED);
        return errors ? ExitCode.NO_VERDICT : ExitCode.OK;
    }
}
