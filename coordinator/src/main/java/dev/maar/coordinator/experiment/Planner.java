package dev.maar.coordinator.experiment;

import dev.maar.agent.job.Both;
import dev.maar.agent.job.CellKey;
import dev.maar.agent.job.JigRecipe;
import dev.maar.agent.job.PairPlan;
import dev.maar.agent.job.Phase;
import dev.maar.agent.job.Side;
import dev.maar.agent.job.SideName;
import dev.maar.agent.job.Stage;
import dev.maar.agent.job.SubjectRecipe;
import dev.maar.agent.measure.Schedule;
import dev.maar.agent.source.SideSource;
import dev.maar.agent.source.SideSpec;
import dev.maar.agent.source.Snapshot;
import dev.maar.agent.source.SourceException;
import dev.maar.agent.stats.MeasuringRules;
import dev.maar.agent.stats.Metric;
import dev.maar.coordinator.manifest.AdopterManifest;
import dev.maar.coordinator.plan.Plan;
import dev.maar.coordinator.plan.Thresholds;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Turns a request into a plan: sides resolved to content, adopters snapshotted once, every pair drawn. After this nothing that is
 * edited in the checkout can reach the experiment. For one thread.
 */
public final class Planner {

    private final SideSource source;
    private final AdopterFiles files;
    private final Thresholds thresholds;
    private final Clock clock;

    /**
     * A planner.
     *
     * @param source where the subject's sides come from
     * @param files takes the adopters' snapshots
     * @param thresholds from when on a difference matters
     * @param clock tells when the experiment was planned
     */
    public Planner(final SideSource source, final AdopterFiles files, final Thresholds thresholds, final Clock clock) {
        this.source = source;
        this.files = files;
        this.thresholds = thresholds;
        this.clock = clock;
    }

    /**
     * Plans.
     *
     * @param id the experiment's id
     * @param request what is asked for
     * @param rules how many pairs there may be
     * @return the plan
     * @throws PlanException when the request asks for nothing, or for what can not be done
     * @throws SourceException when a side can not be resolved
     * @throws IOException when a snapshot can not be written
     * @throws InterruptedException when interrupted meanwhile
     */
    public Plan plan(final String id, final Request request, final MeasuringRules rules)
            throws PlanException, SourceException, IOException, InterruptedException {
        final SideSpec specA = request.a().isPresent() ? request.a().get() : source.defaultA();
        final Both<Side> sides = new Both<>(source.resolve(SideName.A, specA), source.resolve(SideName.B, request.b()));
        requireArtifact(request, sides);
        final SubjectRecipe subject = request.subject().recipe(source.location());
        final Commands commands = new Commands(request, specA, sides);
        final List<Plan.PlannedAdopter> adopters = new ArrayList<>();
        for (final AdopterManifest manifest : request.adopters()) {
            adopters.add(adopter(manifest, request, sides, rules, commands));
        }
        if (request.stages().contains(Stage.MEASURE)
                && adopters.stream().allMatch(adopter -> adopter.cells().isEmpty())) {
            throw new PlanException(
                    "nothing to measure: no case of the selected adopters fits; see `maar manifest list`"
                            + " for their jigs and cases, or leave --transports, --sizes and --case out");
        }
        final Controls controls = request.controls() && request.stages().contains(Stage.MEASURE)
                ? Controls.among(adopters, sides.a(), request.budget(), request.seed())
                : Controls.none(adopters);
        return new Plan(
                id,
                request.name(),
                subject,
                sides,
                request.stages(),
                request.budget().label(),
                request.budget().settings(),
                Metric.judged().stream().map(Metric::label).toList(),
                request.seed(),
                1,
                clock.instant().toString(),
                commands.run(),
                controls.adopters(),
                controls.controls());
    }

    private static void requireArtifact(final Request request, final Both<Side> sides) throws PlanException {
        final boolean published =
                sides.a().release().isPresent() || sides.b().release().isPresent();
        if (published && request.subject().artifact().isEmpty()) {
            throw new PlanException(
                    request.subject().file() + ": subject "
                            + request.subject().name()
                            + " has no 'artifact', so it has no published versions; add 'artifact: group:artifact', or compare refs");
        }
    }

    private Plan.PlannedAdopter adopter(
            final AdopterManifest manifest,
            final Request request,
            final Both<Side> sides,
            final MeasuringRules rules,
            final Commands commands)
            throws PlanException, IOException, InterruptedException {
        final Snapshot snapshot = files.of(manifest);
        final Map<String, JigRecipe> jigs = new java.util.HashMap<>();
        manifest.jigRecipes().forEach(jig -> jigs.put(jig.name(), jig));
        final List<Plan.PlannedCell> cells = new ArrayList<>();
        if (request.stages().contains(Stage.MEASURE)) {
            for (final CellKey key : manifest.cells(request.cases())) {
                final JigRecipe jig = jigs.get(key.jig());
                if (jig != null && request.only().keeps(key)) {
                    cells.add(new Plan.PlannedCell(
                            key,
                            Schedule.measurement(request.seed(), key, 0, 1),
                            sides,
                            0,
                            sides.a().jdk().isEmpty() && sides.b().jdk().isEmpty()
                                    ? thresholds.of(key, request.budget())
                                    : Map.of(),
                            jig,
                            draw(request, key, sides, Phase.SCREEN, rules.screen()),
                            draw(request, key, sides, Phase.CONFIRM, rules.confirm()),
                            commands.cell(key)));
                }
            }
        }
        final LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return new Plan.PlannedAdopter(
                manifest.recipe(snapshot.directory().toString(), snapshot.contentSha256()),
                manifest.owners(),
                manifest.labels(),
                manifest.flaky().stream()
                        .filter(flaky -> !flaky.until().isBefore(today))
                        .map(AdopterManifest.FlakyTest::test)
                        .toList(),
                cells);
    }

    private static List<PairPlan> draw(
            final Request request,
            final CellKey key,
            final Both<Side> sides,
            final Phase phase,
            final List<MeasuringRules.Look> looks) {
        final int most = looks.get(looks.size() - 1).pairs();
        final int rounds = request.budget().settings().rounds();
        return Schedule.draw(request.seed(), key, sides.a().tree(), sides.b().tree(), phase, 1, most, rounds);
    }
}
