package dev.maar.coordinator.cli;

import dev.maar.agent.job.Both;
import dev.maar.agent.job.Side;
import dev.maar.agent.job.SideName;
import dev.maar.agent.measure.Budget;
import dev.maar.agent.run.MachineFacts;
import dev.maar.agent.sandbox.Sandbox;
import dev.maar.agent.sandbox.SandboxChoice;
import dev.maar.agent.source.GitSource;
import dev.maar.agent.source.PublishedSource;
import dev.maar.agent.source.RemoteRepository;
import dev.maar.agent.source.SideSource;
import dev.maar.agent.source.SideSpec;
import dev.maar.agent.source.SourceException;
import dev.maar.coordinator.calibration.CalibrationStore;
import dev.maar.coordinator.dispatch.EmbeddedFarm;
import dev.maar.coordinator.experiment.AdopterFiles;
import dev.maar.coordinator.experiment.PlanException;
import dev.maar.coordinator.experiment.Planner;
import dev.maar.coordinator.experiment.Request;
import dev.maar.coordinator.history.StoredRuns;
import dev.maar.coordinator.manifest.AdopterManifest;
import dev.maar.coordinator.manifest.CaseFilter;
import dev.maar.coordinator.manifest.ManifestException;
import dev.maar.coordinator.manifest.Manifests;
import dev.maar.coordinator.manifest.Selection;
import dev.maar.coordinator.manifest.SelectionException;
import dev.maar.coordinator.manifest.SelectionHistory;
import dev.maar.coordinator.manifest.Source;
import dev.maar.coordinator.manifest.SubjectManifest;
import dev.maar.coordinator.plan.Plan;
import dev.maar.coordinator.plan.Thresholds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** From a command's question to a plan: manifests read, adopters selected, sides resolved, told to the user. */
final class Preparation {

    private final MaarCommand maar;
    private final MeasureOptions options;
    private final Console console;
    private final Thresholds thresholds;
    private final Clock clock;
    private final SelectionHistory history;

    Preparation(final MaarCommand maar, final MeasureOptions options, final Console console, final Clock clock) {
        this.maar = maar;
        this.history = new StoredRuns(maar.state().resolve("runs"));
        this.options = options;
        this.console = console;
        final CalibrationStore store = new CalibrationStore(maar.state());
        final String machine = CalibrationStore.machine(MachineFacts.read(EmbeddedFarm.AGENT));
        this.thresholds = (cell, budget) -> store.thresholds(machine, budget, cell);
        this.clock = clock;
    }

    Request request(final Question question) throws Exception {
        return request(question, Manifests.load(options.manifests(maar.root())));
    }

    /** What keeps the request's programs to their place; refused where nothing does and they come from elsewhere. */
    Sandbox sandbox(final Request request) throws Exception {
        final SandboxChoice choice = sandboxFor(new Trust(maar.root()).stranger(request));
        console.say("maar: sandbox " + choice.sandbox().label() + " (" + choice.reason() + ")");
        return choice.sandbox();
    }

    /** What is chosen for programs of which some are a stranger's, in words; refused where they would be free to do anything. */
    SandboxChoice sandboxFor(final Optional<String> stranger) throws Exception {
        final SandboxChoice choice = SandboxChoice.of(options.building().sandbox(), EmbeddedFarm.visible(maar.state()));
        if (!choice.sandbox().confines() && stranger.isPresent() && !options.trust()) {
            throw new PlanException(stranger.get() + ", and there is no sandbox to run it in (" + choice.reason()
                    + "); give --trust if you would run it yourself");
        }
        return choice;
    }

    Plan plan(final Request request, final EmbeddedFarm farm) throws Exception {
        final Plan plan = planned(request, farm);
        introduce(plan);
        return plan;
    }

    /** The plan, without telling the user. */
    Plan planned(final Request request, final EmbeddedFarm farm) throws Exception {
        final AdopterFiles files = new AdopterFiles(farm.cache(), farm.scratch(), farm.jdks());
        return new Planner(source(request.subject(), farm), files, thresholds, clock)
                .plan(ExperimentId.draw(clock), request, request.budget().rules());
    }

    private Request request(final Question question, final Manifests manifests)
            throws SelectionException, ManifestException, SourceException, PlanException {
        final SubjectManifest subject = manifests.subject(options.subject());
        final long seed = options.seed();
        final List<AdopterManifest> adopters =
                Selection.parse(question.adopters()).select(manifests.adoptersOf(subject.name()), seed, history);
        requireJig(question, adopters);
        final Optional<SideSpec> a = question.a().isPresent()
                ? Optional.of(SideSpec.parse(question.a().get()))
                : Optional.empty();
        CaseFilter cases = options.cases().withLarger(options.budget() != Budget.QUICK);
        for (final Map.Entry<String, String> setting : question.only().setting().entrySet()) {
            cases = cases.and(setting.getKey(), Set.of(setting.getValue()));
        }
        return new Request(
                question.name(),
                subject,
                a,
                SideSpec.parse(question.b()),
                adopters,
                question.stages(),
                options.budget(),
                seed,
                cases,
                question.only(),
                question.controls(),
                options.repeated());
    }

    private static void requireJig(final Question question, final List<AdopterManifest> adopters) throws PlanException {
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

    private SideSource source(final SubjectManifest subject, final EmbeddedFarm farm)
            throws SourceException, IOException, InterruptedException {
        if (subject.source() instanceof final Source.Folder folder) {
            return GitSource.open(folder.path(), farm.cache(), farm.scratch(), farm.jdks());
        }
        if (subject.source() instanceof final Source.Git git) {
            console.say("maar: fetching " + git.url());
            final Path mirror = RemoteRepository.open(git.url(), farm.cache()).update();
            return GitSource.open(mirror, farm.cache(), farm.scratch(), farm.jdks());
        }
        return new PublishedSource(subject.name(), farm.jdks());
    }

    /** Tells the user what will be done. */
    void introduce(final Plan plan) {
        final int cells = plan.adopters().stream()
                        .mapToInt(adopter -> adopter.cells().size())
                        .sum()
                - plan.controls().size();
        console.say("maar: " + plan.subject().name() + ", "
                + counted(plan.adopters().size(), "adopter") + ", " + counted(cells, "cell")
                + (plan.controls().isEmpty()
                        ? ""
                        : " and " + counted(plan.controls().size(), "control"))
                + ", budget "
                + plan.budget() + ", seed " + plan.seed());
        console.say("  a " + words(plan.sides(), SideName.A));
        console.say("  b " + words(plan.sides(), SideName.B));
    }

    private static String words(final Both<Side> sides, final SideName name) {
        final Side side = sides.of(name);
        final String commit = side.commit().isEmpty() ? "" : ", commit " + shortened(side.commit());
        final String same = name == SideName.B && sides.a().tree().equals(side.tree()) ? ", the same as a" : "";
        return shortened(side.spec())
                + (side.spec().equals(side.commit()) ? "" : commit)
                + (side.dirty() ? ", with uncommitted changes" : "")
                + same;
    }

    /** A commit's hash in short; anything else as it is. */
    private static String shortened(final String name) {
        return name.matches("[0-9a-f]{40}") ? name.substring(0, 12) : name;
    }

    private static String counted(final int count, final String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
