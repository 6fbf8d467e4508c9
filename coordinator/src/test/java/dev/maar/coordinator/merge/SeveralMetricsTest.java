package dev.maar.coordinator.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.job.Attestation;
import dev.maar.agent.job.Both;
import dev.maar.agent.job.CellKey;
import dev.maar.agent.job.ForkNotes;
import dev.maar.agent.job.JigRecipe;
import dev.maar.agent.job.PairCost;
import dev.maar.agent.job.PairObservation;
import dev.maar.agent.job.PairOutcome;
import dev.maar.agent.job.PairPlan;
import dev.maar.agent.job.Phase;
import dev.maar.agent.job.Side;
import dev.maar.agent.job.SideName;
import dev.maar.agent.job.Slice;
import dev.maar.agent.job.Surroundings;
import dev.maar.agent.job.Verdict;
import dev.maar.agent.stats.CellJudge;
import dev.maar.agent.stats.MeasuringRules;
import dev.maar.agent.stats.Metric;
import dev.maar.agent.stats.Next;
import dev.maar.agent.stats.Ruling;
import dev.maar.coordinator.plan.Plan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Cells of which several metrics are judged, on simulated forks: what the shipped code asks for, and what it says. */
final class SeveralMetricsTest {

    private static final CellKey CELL = new CellKey("adopter", "loop", Map.of());
    private static final MeasuringRules RULES = MeasuringRules.standard();
    private static final List<Metric> ALL = Metric.judged();
    private static final int OPERATIONS = 1_000;
    private static final Side SIDE = new Side(SideName.A, "a", "", "", false, "", List.of(), Map.of(), List.of());
    private static final Plan.PlannedCell PLANNED = new Plan.PlannedCell(
            CELL,
            "0a1b2c3d",
            new Both<>(SIDE, SIDE.twin()),
            0,
            Map.of(),
            new JigRecipe("loop", new JigRecipe.JvmJig("some.Jig")),
            plans(Phase.SCREEN),
            plans(Phase.CONFIRM),
            "");

    private static List<PairPlan> plans(final Phase phase) {
        return Collections.nCopies(64, new PairPlan(phase, 0, SideName.A, List.of()));
    }

    /** How far side b is from side a, as ln(b/a). */
    private record Change(double time, double alloc, double cpu, double tail) {
        static final Change NONE = new Change(0, 0, 0, 0);
    }

    /** Noise about as real forks have it: time heavy-tailed, CPU time twice as noisy, tails far more, allocation hardly. */
    private static PairObservation pair(
            final Phase phase, final int index, final Change change, final SplittableRandom random) {
        final Both<List<Slice>> slices = new Both<>(new ArrayList<>(), new ArrayList<>());
        final Both<ForkNotes> notes = new Both<>(
                fork(SideName.A, Change.NONE, random, slices.a()), fork(SideName.B, change, random, slices.b()));
        final List<Slice> all = new ArrayList<>(slices.a());
        all.addAll(slices.b());
        final Attestation attestation = new Attestation("", Map.of(), 1, "");
        return new PairObservation(
                CELL,
                PLANNED.measurement(),
                new PairPlan(phase, index, SideName.A, List.of()),
                "agent",
                1,
                new Surroundings(0, 0, 0, 0, 0, -1, 0, 1),
                List.of(),
                false,
                PairCost.NONE,
                new PairOutcome.Measured(all, 1, new Both<>(attestation, attestation), notes));
    }

    private static ForkNotes fork(
            final SideName side, final Change change, final SplittableRandom random, final List<Slice> slices) {
        final double time = change.time + 0.007 * studentT(random, 4);
        final double cpu = change.cpu + 0.015 * studentT(random, 3);
        for (int round = 0; round < 10; round++) {
            final double slice = 0.01 * studentT(random, 3);
            slices.add(new Slice(
                    round,
                    side,
                    OPERATIONS,
                    Math.round(25e6 * Math.exp(time + slice)),
                    Math.round(64 * OPERATIONS * Math.exp(change.alloc) + random.nextInt(50)),
                    Math.round(25e6 * Math.exp(cpu + slice))));
        }
        final long usual = Math.round(25_000 * Math.exp(time));
        final long slow = Math.round(100_000 * Math.exp(change.tail + 0.1 * studentT(random, 3)));
        final long slowest = Math.round(400_000 * Math.exp(change.tail + 0.4 * studentT(random, 3)));
        return ForkNotes.ofLatencies(Map.of(usual, 9_800L, usual + slow, 185L, usual + slow + slowest, 15L));
    }

    private static double studentT(final SplittableRandom random, final int freedom) {
        double squares = 0;
        for (int i = 0; i < freedom; i++) {
            final double normal = random.nextGaussian();
            squares += normal * normal;
        }
        return random.nextGaussian() / Math.sqrt(squares / freedom);
    }

    private static CellCourse course(final List<Metric> metrics, final Change change, final long seed) {
        final SplittableRandom screen = new SplittableRandom(seed);
        final SplittableRandom confirm = screen.split();
        final List<PairObservation> pairs = new ArrayList<>();
        while (true) {
            final CellCourse course = new CellCourse(RULES, metrics, PLANNED, pairs);
            final Optional<Next.More> more = course.missing();
            if (more.isEmpty()) {
                return course;
            }
            final Phase phase = more.get().phase();
            pairs.add(pair(phase, course.done(phase), change, phase == Phase.SCREEN ? screen : confirm));
        }
    }

    private static Verdict verdict(final CellCourse course, final Metric metric) {
        return course.standing(metric).verdict();
    }

    @Test
    void equalSidesAreNeverCalledChangedAndTheOtherMetricsCostFewPairs() {
        final int cells = 600;
        final Map<Metric, List<Ruling>> rulings = new EnumMap<>(Metric.class);
        int pairs = 0;
        int pairsOfTimeAlone = 0;
        for (int cell = 0; cell < cells; cell++) {
            final CellCourse course = course(ALL, Change.NONE, 1_000 + cell);
            ALL.forEach(metric -> rulings.computeIfAbsent(metric, each -> new ArrayList<>())
                    .add(course.ruling(metric).orElseThrow()));
            pairs += course.observations().size();
            pairsOfTimeAlone += course(List.of(Metric.TIME), Change.NONE, 1_000 + cell)
                    .observations()
                    .size();
        }
        int suspects = 0;
        for (final Metric metric : ALL) {
            final List<Ruling> settled = new CellJudge(RULES).settle(rulings.getOrDefault(metric, List.of()));
            assertThat(settled)
                    .as(metric.label())
                    .extracting(Ruling::verdict)
                    .isSubsetOf(Verdict.UNCHANGED, Verdict.INCONCLUSIVE, Verdict.SUSPECT);
            suspects += metric == Metric.TIME
                    ? 0
                    : (int) settled.stream()
                            .filter(ruling -> ruling.verdict() == Verdict.SUSPECT)
                            .count();
        }
        assertThat(suspects).isLessThanOrEqualTo(cells * (ALL.size() - 1) / 100);
        assertThat(pairs).isBetween(pairsOfTimeAlone, pairsOfTimeAlone * 5 / 4);
    }

    @Test
    void sixteenBytesMoreAnOperationAreFoundInOneScreenAndConfirmedByFreshPairs() {
        for (int seed = 0; seed < 50; seed++) {
            final CellCourse course = course(ALL, new Change(0, Math.log(80.0 / 64), 0, 0), seed);

            assertThat(verdict(course, Metric.ALLOC)).isEqualTo(Verdict.REGRESSED);
            assertThat(course.done(Phase.CONFIRM)).isGreaterThanOrEqualTo(16);
            assertThat(course.standing(Metric.ALLOC).estimate().orElseThrow().pairs())
                    .isEqualTo(16);
            assertThat(verdict(course, Metric.TIME)).isNotIn(Verdict.REGRESSED, Verdict.IMPROVED);
        }
    }

    @Test
    void theOtherMetricsDoNotProlongTheScreen() {
        final CellCourse course = course(ALL, Change.NONE, 1_003);

        assertThat(course.done(Phase.SCREEN))
                .isEqualTo(course(List.of(Metric.TIME), Change.NONE, 1_003).done(Phase.SCREEN));
    }

    @Test
    void changesOfCpuAndTailsAreFoundThoughTimeIsUnchanged() {
        int cpu = 0;
        int tails = 0;
        final int cells = 60;
        for (int seed = 0; seed < cells; seed++) {
            final CellCourse course = course(ALL, new Change(0, 0, Math.log(1.1), Math.log(2)), seed);
            cpu += verdict(course, Metric.CPU) == Verdict.REGRESSED ? 1 : 0;
            tails += verdict(course, Metric.P99) == Verdict.REGRESSED ? 1 : 0;
        }
        assertThat(cpu).isGreaterThan(cells * 8 / 10);
        assertThat(tails).isGreaterThan(cells * 9 / 10);
    }

    @Test
    void aMetricThatSomePairsLackIsJudgedByWhatThereIsAndAsksForNothing() {
        final SplittableRandom random = new SplittableRandom(1);
        final List<PairObservation> pairs = new ArrayList<>();
        for (int index = 0; index < 8; index++) {
            final PairObservation whole = pair(Phase.SCREEN, index, new Change(0, 0, 0, 3), random);
            pairs.add(index < 7 ? whole : withoutNotes(whole));
        }
        final CellCourse course = new CellCourse(RULES, ALL, PLANNED, pairs);

        assertThat(course.missing().map(Next.More::phase)).isNotEqualTo(Optional.of(Phase.CONFIRM));
        assertThat(course.ruling(Metric.P99).orElseThrow().estimate().pairs()).isEqualTo(7);
        assertThat(verdict(course, Metric.P99)).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void metricsThatNoPairHasHaveNoRuling() {
        final List<PairObservation> pairs = new ArrayList<>();
        final SplittableRandom random = new SplittableRandom(1);
        for (int index = 0; index < 8; index++) {
            pairs.add(withoutNotes(pair(Phase.SCREEN, index, Change.NONE, random)));
        }

        assertThat(new CellCourse(RULES, ALL, PLANNED, pairs).ruling(Metric.P50))
                .isEmpty();
        assertThat(new CellCourse(RULES, ALL, PLANNED, pairs).ruling(Metric.ALLOC))
                .isPresent();
    }

    private static PairObservation withoutNotes(final PairObservation pair) {
        final PairOutcome.Measured measured = (PairOutcome.Measured) pair.outcome();
        return new PairObservation(
                pair.cell(),
                pair.measurement(),
                pair.plan(),
                pair.agent(),
                pair.attempt(),
                pair.surroundings(),
                pair.disturbances(),
                pair.discarded(),
                pair.cost(),
                new PairOutcome.Measured(measured.slices(), measured.warmUpRounds(), measured.attested()));
    }
}
