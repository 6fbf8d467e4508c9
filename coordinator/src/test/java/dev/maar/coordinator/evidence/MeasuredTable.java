package dev.maar.coordinator.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.job.JobJson;
import dev.maar.agent.job.Stage;
import dev.maar.agent.measure.Budget;
import dev.maar.agent.measure.Schedule;
import dev.maar.agent.run.MachineFacts;
import dev.maar.agent.sandbox.Reaper;
import dev.maar.agent.source.GitSource;
import dev.maar.agent.source.Jdks;
import dev.maar.agent.source.ScratchSpace;
import dev.maar.agent.source.SideSpec;
import dev.maar.coordinator.calibration.CalibrationStore;
import dev.maar.coordinator.dispatch.EmbeddedFarm;
import dev.maar.coordinator.experiment.AdopterFiles;
import dev.maar.coordinator.experiment.Planner;
import dev.maar.coordinator.experiment.Request;
import dev.maar.coordinator.manifest.CaseFilter;
import dev.maar.coordinator.manifest.Manifests;
import dev.maar.coordinator.manifest.Source;
import dev.maar.coordinator.manifest.SubjectManifest;
import dev.maar.coordinator.plan.Plan;
import dev.maar.coordinator.plan.Thresholds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Makes the tables of measured evidence, in {@code target/measured.md}. It takes hours of a quiet machine, so it runs only when named, stops
 * after {@code -Dmaar.evidence.minutes} (by default 10), and goes on where it stopped: findings are in
 * {@code -Dmaar.evidence.file} (by default {@code .maar/evidence.ndjson} of the checkout), a line each. {@code -Dmaar.evidence.transports}
 * says which cases take part (by default {@code local,shm}). Thresholds are those of {@code maar calibrate}, where the checkout has some.
 */
final class MeasuredTable {

    private static final long SEED = 20_260_101;
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Path STATE = ROOT.resolve(".maar/evidence");

    /** Where a cell is planned. */
    private record Place(Plan.PlannedAdopter adopter, Plan.PlannedCell cell) {}

    @Test
    void isWritten() throws Exception {
        final Path file = Path.of(System.getProperty(
                "maar.evidence.file", ROOT.resolve(".maar/evidence.ndjson").toString()));
        final long minutes = Long.getLong("maar.evidence.minutes", 10);
        final long deadline = System.nanoTime() + minutes * 60_000_000_000L;
        Files.createDirectories(file.toAbsolutePath().getParent());
        final JobJson json = new JobJson();
        final List<Finding> findings = read(file, json);
        try (Reaper reaper = Reaper.start();
                ScratchSpace scratch = ScratchSpace.open(STATE.resolve("scratch"))) {
            reaper.removeAtEnd(scratch.directory());
            final Manifests manifests = Manifests.load(List.of(ROOT.resolve("adopter-manifests")));
            final SubjectManifest subject = manifests.subject("transport-runtime");
            final GitSource source = GitSource.open(
                    ((Source.Folder) subject.source()).path(), STATE.resolve("cache"), scratch, Jdks.ofThisMachine());
            final Plan plan = plan(subject, manifests, source, scratch);
            try (Bench bench = new Bench(plan, source, STATE, reaper)) {
                trials(plan, bench, findings, deadline, finding -> append(file, json.write(finding)));
            }
        }
        final String tables = Tables.of(findings);
        final Path written = Path.of("target", "measured.md");
        Files.writeString(written, tables);
        System.out.println(tables);
        assertThat(written).isNotEmptyFile();
    }

    /** Keeps a finding. */
    private interface Keep {
        void finding(Finding finding) throws IOException;
    }

    private static void trials(
            final Plan plan, final Bench bench, final List<Finding> findings, final long deadline, final Keep keep)
            throws Exception {
        final Set<String> done = new HashSet<>();
        findings.forEach(finding -> done.add(finding.scenario() + "#" + finding.number()));
        final List<Place> places = new ArrayList<>();
        plan.adopters().forEach(adopter -> adopter.cells().forEach(cell -> places.add(new Place(adopter, cell))));
        final List<Integer> order = Schedule.order(SEED, "evidence", places.size());
        for (final Scenario.Trial trial : Scenario.trials()) {
            if (System.nanoTime() > deadline) {
                return;
            }
            if (done.contains(trial.scenario().name() + "#" + trial.number())) {
                continue;
            }
            final Place place = places.get(order.get(trial.number() % places.size()));
            try (Load load = Load.of(trial.scenario())) {
                final Finding finding = bench.run(trial, place.adopter(), withThreshold(plan, trial, place.cell()));
                findings.add(finding);
                keep.finding(finding);
                System.err.println(finding.scenario() + " " + finding.cell() + ": "
                        + finding.verdict().label());
            }
        }
    }

    /** The other process, if the scenario has one. */
    private record Load(Optional<Bursts> bursts) implements AutoCloseable {

        static Load of(final Scenario scenario) throws IOException {
            return new Load(scenario.loaded() ? Optional.of(Bursts.start()) : Optional.empty());
        }

        @Override
        public void close() {
            bursts.ifPresent(Bursts::close);
        }
    }

    /** The cell as it is with the trial's budget: the looks differ, and the thresholds. */
    private static Plan.PlannedCell withThreshold(
            final Plan plan, final Scenario.Trial trial, final Plan.PlannedCell cell) throws IOException {
        final Budget budget = trial.scenario().budget();
        return new Plan.PlannedCell(
                cell.key(),
                cell.measurement(),
                cell.sides(),
                0,
                new CalibrationStore(ROOT.resolve(".maar"))
                        .thresholds(
                                CalibrationStore.machine(MachineFacts.read(EmbeddedFarm.AGENT)), budget, cell.key()),
                cell.jig(),
                cell.screen(),
                cell.confirm(),
                plan.reproduce());
    }

    private static Plan plan(
            final SubjectManifest subject,
            final Manifests manifests,
            final GitSource source,
            final ScratchSpace scratch)
            throws Exception {
        final Request request = new Request(
                "evidence",
                subject,
                Optional.of(SideSpec.parse("HEAD")),
                SideSpec.parse("HEAD"),
                manifests.adoptersOf(subject.name()),
                List.of(Stage.BUILD, Stage.MEASURE),
                Budget.THOROUGH,
                SEED,
                CaseFilter.ALL.and(
                        "transport",
                        Set.of(System.getProperty("maar.evidence.transports", "local,shm")
                                .split(","))),
                Request.Only.ALL,
                false,
                List.of());
        return new Planner(
                        source,
                        new AdopterFiles(STATE.resolve("cache"), scratch, Jdks.ofThisMachine()),
                        Thresholds.NONE,
                        Clock.systemUTC())
                .plan("evidence", request, Budget.THOROUGH.rules());
    }

    private static List<Finding> read(final Path file, final JobJson json) throws IOException {
        final List<Finding> findings = new ArrayList<>();
        if (Files.exists(file)) {
            for (final String line : Files.readAllLines(file)) {
                findings.add(json.read(line, Finding.class));
            }
        }
        return findings;
    }

    private static void append(final Path file, final String line) throws IOException {
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
