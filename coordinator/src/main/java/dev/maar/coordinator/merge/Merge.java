package dev.maar.coordinator.merge;

import dev.maar.agent.job.AgentFacts;
import dev.maar.agent.job.Both;
import dev.maar.agent.job.ForkFailure;
import dev.maar.agent.job.JobResult;
import dev.maar.agent.job.PairObservation;
import dev.maar.agent.job.Side;
import dev.maar.agent.job.SideName;
import dev.maar.agent.job.Stage;
import dev.maar.agent.job.StageStatus;
import dev.maar.agent.job.Verdict;
import dev.maar.agent.stats.CellJudge;
import dev.maar.agent.stats.MeasuringRules;
import dev.maar.agent.stats.Metric;
import dev.maar.agent.stats.Ruling;
import dev.maar.coordinator.plan.Plan;
import dev.maar.coordinator.plan.RunFolder;
import dev.maar.coordinator.report.AdopterReport;
import dev.maar.coordinator.report.Report;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Merges what was observed into one report. A pure function of plan and observations: {@code maar verdict} calls it on kept data and gets
 * the same verdicts, to the digit. Immutable.
 */
public final class Merge {

    private final Plan plan;
    private final Path folder;
    private final MeasuringRules rules;
    private final List<Metric> metrics;

    /**
     * A merge of one experiment.
     *
     * @param plan the experiment's plan
     * @param folder the report's folder, to which paths are made relative
     * @param rules the constants of the decision
     * @param metrics what is judged, the primary one first
     */
    public Merge(final Plan plan, final Path folder, final MeasuringRules rules, final List<Metric> metrics) {
        this.plan = plan;
        this.folder = folder.toAbsolutePath().normalize();
        this.rules = rules;
        this.metrics = List.copyOf(metrics);
    }

    /**
     * Merges.
     *
     * @param agents who took part
     * @param kept what they observed
     * @param status how the experiment ended
     * @param finishedAt when
     * @return the report, and whether it counts as a regression
     */
    public Merged merge(
            final List<AgentFacts> agents,
            final RunFolder.Kept kept,
            final Report.Status status,
            final Instant finishedAt) {
        final Map<String, JobResult> stages = new LinkedHashMap<>();
        kept.stages().forEach(result -> stages.putIfAbsent(result.job(), result));
        final ControlResults controls = ControlResults.of(plan, rules, metrics, kept.pairs());
        final List<OpenCell> open = openCells(kept);
        final Map<OpenCell, Ruling> settled = settle(open);
        boolean regressed = false;
        final List<AdopterReport> adopters = new ArrayList<>();
        for (final Plan.PlannedAdopter adopter : plan.adopters()) {
            final Optional<JobResult> result = Optional.ofNullable(
                    stages.get(plan.stagesJob(adopter.recipe().name())));
            final AdopterReport report = adopter(adopter, result, open, settled, controls);
            adopters.add(report);
            regressed |= report.verdict() == Verdict.REGRESSED || report.verdict() == Verdict.MISMATCH;
        }
        regressed |= open.stream()
                .map(cell -> cell.course().failure())
                .flatMap(Optional::stream)
                .anyMatch(ForkTable::onlyB);
        final Report report = Report.of(
                experiment(status, finishedAt, stages),
                agents.stream().map(agent -> agent(agent, kept)).toList(),
                trust(kept, open, settled, controls),
                adopters,
                settings(agents),
                notes(open, controls));
        return new Merged(report, regressed);
    }

    /** A planned cell and its course so far. */
    private record OpenCell(Plan.PlannedCell cell, CellCourse course, Metric metric) {}

    private List<OpenCell> openCells(final RunFolder.Kept kept) {
        final Map<String, List<PairObservation>> byMeasurement =
                kept.pairs().stream().collect(Collectors.groupingBy(PairObservation::measurement));
        final List<OpenCell> open = new ArrayList<>();
        for (final Plan.PlannedAdopter adopter : plan.adopters()) {
            for (final Plan.PlannedCell cell : adopter.cells()) {
                if (plan.control(cell).isEmpty()) {
                    final List<PairObservation> pairs =
                            ControlResults.of(cell, byMeasurement.getOrDefault(cell.measurement(), List.of()));
                    final CellCourse course = new CellCourse(rules, metrics, cell, pairs);
                    metrics.forEach(metric -> open.add(new OpenCell(cell, course, metric)));
                }
            }
        }
        return open;
    }

    private List<String> notes(final List<OpenCell> open, final ControlResults controls) {
        final List<String> notes = new ArrayList<>();
        if (controls.voidsSession()) {
            notes.add(
                    "An A/A control came out changed: identical sides were told apart, so no time that was measured here is judged"
                            + (plan.session() > 1 ? ". It is the second session of which this is so" : ""));
        } else if (plan.session() > 1) {
            notes.add("A control of the first session flagged; everything was measured again, and only that is judged");
        }
        final List<CellCourse> courses =
                open.stream().map(OpenCell::course).distinct().toList();
        CommonMode.of(courses, metrics.get(0)).map(CommonMode::words).ifPresent(notes::add);
        return notes;
    }

    /** Each metric is a family of its own: many sure finds of one are no licence for another, and noise in one costs another no finds. */
    private Map<OpenCell, Ruling> settle(final List<OpenCell> open) {
        final Map<OpenCell, Ruling> rulings = new LinkedHashMap<>();
        for (final Metric metric : metrics) {
            final List<OpenCell> judged = open.stream()
                    .filter(cell -> cell.metric() == metric
                            && cell.course().mismatch().isEmpty()
                            && cell.course().failure().isEmpty()
                            && cell.course().ruling(metric).isPresent())
                    .toList();
            final List<Ruling> settled = new CellJudge(rules)
                    .settle(judged.stream()
                            .map(cell -> cell.course().ruling(metric).orElseThrow())
                            .toList());
            for (int i = 0; i < judged.size(); i++) {
                rulings.put(judged.get(i), settled.get(i));
            }
        }
        return rulings;
    }

    private AdopterReport adopter(
            final Plan.PlannedAdopter adopter,
            final Optional<JobResult> result,
            final List<OpenCell> open,
            final Map<OpenCell, Ruling> settled,
            final ControlResults controls) {
        final String name = adopter.recipe().name();
        final AdopterReport.Build build;
        final AdopterReport.Test test;
        if (result.orElse(null) instanceof final JobResult.Staged staged) {
            build = StageRows.build(staged, this::relative);
            test = plan.stages().contains(Stage.TEST)
                    ? StageRows.test(staged.tests(), adopter.knownFlaky(), this::relative)
                    : AdopterReport.Test.skipped("not asked for");
        } else {
            final String why = result.orElse(null) instanceof final JobResult.Undone undone
                    ? undone.reason()
                    : "the run ended before it was built";
            build = StageRows.unbuilt(result.isPresent() ? StageStatus.INFRA : StageStatus.SKIPPED, why);
            test = AdopterReport.Test.skipped(why);
        }
        final List<AdopterReport.Cell> cells = open.stream()
                .filter(cell -> cell.cell().key().adopter().equals(name))
                .map(cell -> row(cell, build, Optional.ofNullable(settled.get(cell)), controls))
                .flatMap(Optional::stream)
                .toList();
        Verdict verdict = build.verdict().worse(test.verdict());
        for (final AdopterReport.Cell cell :
                cells.stream().filter(AdopterReport.Cell::tells).toList()) {
            verdict = verdict.worse(cell.verdict());
        }
        return new AdopterReport(
                name, verdict, adopter.owners(), adopter.labels(), build, test, cells, footprints(name, open));
    }

    private List<AdopterReport.Footprint> footprints(final String adopter, final List<OpenCell> open) {
        return open.stream()
                .filter(cell -> cell.cell().key().adopter().equals(adopter) && cell.metric() == metrics.get(0))
                .map(cell -> Footprints.of(cell.cell().key(), cell.course().observations()))
                .flatMap(Optional::stream)
                .toList();
    }

    /** A cell's row; cells without numbers are shown once, not once a metric. */
    private Optional<AdopterReport.Cell> row(
            final OpenCell open,
            final AdopterReport.Build build,
            final Optional<Ruling> ruling,
            final ControlResults controls) {
        final CellCourse course = open.course();
        if (ruling.isPresent()) {
            final AdopterReport.Cell row = CellRows.judged(open.cell(), course, open.metric(), ruling.get());
            return Optional.of(
                    controls.voidsSession()
                            ? row.with(Verdict.ERROR, "control failed: identical sides were told apart in this session")
                            : row);
        }
        if (open.metric() != metrics.get(0)) {
            return Optional.empty();
        }
        if (course.mismatch().isPresent()) {
            return Optional.of(CellRows.unjudged(
                    open.cell(),
                    course,
                    Verdict.MISMATCH,
                    course.mismatch().get().reason()));
        }
        if (course.failure().isPresent()) {
            final Both<ForkFailure> failures = course.failure().get();
            return Optional.of(
                    CellRows.unjudged(open.cell(), course, ForkTable.verdict(failures), CellRows.reason(failures)));
        }
        final boolean built = build.a() == StageStatus.PASS && build.b() == StageStatus.PASS;
        return Optional.of(CellRows.unjudged(
                open.cell(), course, Verdict.SKIPPED, built ? "not measured" : "not built on both sides"));
    }

    private Report.Experiment experiment(
            final Report.Status status, final Instant finishedAt, final Map<String, JobResult> stages) {
        return new Report.Experiment(
                plan.id(),
                plan.name(),
                status,
                plan.subject().name(),
                side(SideName.A, stages),
                side(SideName.B, stages),
                plan.stages(),
                plan.budget(),
                plan.seed(),
                Instant.parse(plan.startedAt()),
                finishedAt,
                plan.reproduce());
    }

    private Report.Side side(final SideName name, final Map<String, JobResult> stages) {
        final Side side = plan.sides().of(name);
        final Optional<JobResult.Staged> built = stages.values().stream()
                .filter(JobResult.Staged.class::isInstance)
                .map(JobResult.Staged.class::cast)
                .filter(staged -> !staged.subjects().of(name).version().isEmpty())
                .findFirst();
        return new Report.Side(
                side.spec(),
                side.commit(),
                built.map(staged -> staged.subjects().of(name).version()).orElse(""),
                side.tree(),
                side.dirty(),
                side.jdk(),
                side.jvmArgs(),
                side.env(),
                side.patches(),
                built.map(staged -> staged.subjects().of(name).artifactSha256()).orElse(""),
                Math.max(
                        0,
                        built.map(staged -> staged.subjects().of(name).artifactBytes())
                                .orElse(0L)));
    }

    private Report.Agent agent(final AgentFacts agent, final RunFolder.Kept kept) {
        final long jobs = kept.stages().stream()
                        .filter(result -> result.agent().equals(agent.id()))
                        .count()
                + kept.pairs().stream()
                        .filter(pair -> pair.agent().equals(agent.id()))
                        .count();
        return new Report.Agent(
                agent.id(),
                agent.name(),
                agent.cpu(),
                agent.cores(),
                agent.memoryBytes(),
                agent.os(),
                agent.kernel(),
                agent.jdks(),
                (int) jobs,
                false);
    }

    private Report.Trust trust(
            final RunFolder.Kept kept,
            final List<OpenCell> open,
            final Map<OpenCell, Ruling> settled,
            final ControlResults controls) {
        final long discoveries = settled.values().stream()
                .filter(ruling -> ruling.verdict() == Verdict.REGRESSED || ruling.verdict() == Verdict.IMPROVED)
                .count();
        final Set<String> isOfControl =
                plan.controls().stream().map(Plan.Control::measurement).collect(Collectors.toSet());
        return new Report.Trust(
                controls.same(),
                controls.flagged(),
                controls.slowed(),
                controls.found(),
                controls.slowdown(),
                plan.session(),
                kept.pairs().size(),
                TrustBox.rerun(kept.pairs()),
                TrustBox.rerunReasons(kept.pairs()),
                TrustBox.disturbed(kept.pairs()),
                TrustBox.resolution(open.stream()
                        .filter(cell -> cell.metric() == Metric.TIME && settled.containsKey(cell))
                        .map(settled::get)
                        .toList()),
                TrustBox.cost(kept.pairs(), pair -> isOfControl.contains(pair.measurement())),
                discoveries * rules.discoveryRate());
    }

    private Map<String, String> settings(final List<AgentFacts> agents) {
        final Map<String, String> settings = new LinkedHashMap<>();
        settings.put("session", Integer.toString(plan.session()));
        settings.put("rounds", Integer.toString(plan.settings().rounds()));
        settings.put("sliceMillis", Long.toString(plan.settings().sliceNanos() / 1_000_000));
        settings.put("warmUpMostMillis", Long.toString(plan.settings().warmUpMostNanos() / 1_000_000));
        settings.put("screenLooks", rules.screen().toString());
        settings.put("confirmLooks", rules.confirm().toString());
        settings.put("confidence", Double.toString(rules.confidence()));
        settings.put("confirmLevel", Double.toString(rules.confirmLevel()));
        settings.put("discoveryRate", Double.toString(rules.discoveryRate()));
        settings.put(
                "sandbox",
                agents.stream().map(AgentFacts::sandbox).distinct().sorted().collect(Collectors.joining(", ")));
        return settings;
    }

    /** A path inside the report's folder as the report names it; others (a cache's log) by their own path. */
    private String relative(final String path) {
        if (path.isEmpty()) {
            return "";
        }
        final Path absolute = Path.of(path).toAbsolutePath().normalize();
        return absolute.startsWith(folder) ? folder.relativize(absolute).toString() : absolute.toString();
    }

    /**
     * A merged experiment.
     *
     * @param report the report
     * @param regressed whether the exit code says so: something regressed or mismatched, or side b alone is broken
     */
    public record Merged(Report report, boolean regressed) {}
}
