package dev.maar.coordinator.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.maar.agent.job.Attestation;
import dev.maar.agent.job.Both;
import dev.maar.agent.job.CellKey;
import dev.maar.agent.job.ForkFailure;
import dev.maar.agent.job.JobSpec;
import dev.maar.agent.job.PairOutcome;
import dev.maar.agent.job.PairPlan;
import dev.maar.agent.job.Phase;
import dev.maar.agent.job.SideName;
import dev.maar.agent.job.Verdict;
import dev.maar.agent.measure.Budget;
import dev.maar.agent.stats.Metric;
import dev.maar.coordinator.history.Costs;
import dev.maar.coordinator.merge.Merge;
import dev.maar.coordinator.plan.Plan;
import dev.maar.coordinator.plan.RunFolder;
import dev.maar.coordinator.report.AdopterReport;
import dev.maar.coordinator.report.Colour;
import dev.maar.coordinator.report.Report;
import dev.maar.coordinator.report.VerdictTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExperimentTest {

    @TempDir
    private Path folder;

    private Costs costs = new Costs(new TreeMap<>());

    @Test
    void controlsAreOfTheSameCellsWhateverTheSeedAndHideBehindIdsOfTheSeeds() {
        final Set<Set<CellKey>> cells = new HashSet<>();
        final Set<String> ids = new HashSet<>();
        for (long seed = 1; seed <= 10; seed++) {
            final Plan plan = Plans.withControls(
                    Plans.of(Budget.QUICK, seed, "one", "two", "three", "four", "five"), Budget.QUICK);
            cells.add(plan.adopters().stream()
                    .flatMap(adopter -> adopter.cells().stream())
                    .filter(cell -> plan.control(cell).isPresent())
                    .map(Plan.PlannedCell::key)
                    .collect(Collectors.toSet()));
            plan.controls().forEach(control -> ids.add(control.measurement()));
        }
        assertThat(cells).hasSize(1);
        assertThat(ids).hasSize(20);
    }

    @Test
    void whatTakesLongestIsBegunFirstAndPairsKeepTheOrderOfThePlan() throws Exception {
        costs = new Costs(new TreeMap<>(Map.of(
                "short", new Costs.Cost(10, 1), "long", new Costs.Cost(90, 1), "middle", new Costs.Cost(50, 1))));
        final ScriptedBoard board = new ScriptedBoard(ExperimentTest::theSame);
        final Merge.Merged merged = run(Plans.of(Budget.QUICK, 1, "short", "middle", "unseen", "long"), board);

        assertThat(board.begun()).containsExactly("unseen", "long", "middle", "short");
        assertThat(board.postedPairs().stream().map(job -> job.cell().adopter()).distinct())
                .containsExactly("short", "middle", "unseen", "long");
        assertThat(merged.report().adopters())
                .extracting(AdopterReport::name)
                .containsExactly("short", "middle", "unseen", "long");
    }

    @Test
    void equalSidesAreUnchangedAfterTheFirstLook() throws Exception {
        final ScriptedBoard board = new ScriptedBoard(ExperimentTest::theSame);
        final Merge.Merged merged = run(Plans.of(Budget.QUICK, 1, "one", "two"), board);
        assertThat(merged.regressed()).isFalse();
        assertThat(merged.report().adopters())
                .extracting(AdopterReport::verdict)
                .containsExactly(Verdict.UNCHANGED, Verdict.UNCHANGED);
        assertThat(board.postedPairs()).hasSize(4 * 8);
    }

    @Test
    void aSlowerSideIsConfirmedByFreshPairsAndRegressed() throws Exception {
        final ScriptedBoard board = new ScriptedBoard(
                (cell, plan) -> ScriptedBoard.measured(plan, cell.caseId().contains("shm") ? 1.1 : 1.0));
        final Merge.Merged merged = run(Plans.of(Budget.STANDARD, 1, "one"), board);
        assertThat(merged.regressed()).isTrue();
        final AdopterReport.Cell shm = cell(merged, "shm");
        assertThat(shm.verdict()).isEqualTo(Verdict.REGRESSED);
        assertThat(shm.ratio()).isBetween(1.09, 1.11);
        assertThat(shm.pairs()).isEqualTo(16);
        assertThat(shm.q()).isLessThanOrEqualTo(0.05);
        assertThat(cell(merged, "local").verdict()).isEqualTo(Verdict.UNCHANGED);
        assertThat(board.postedPairs())
                .filteredOn(job -> job.pairs().get(0).phase() == Phase.CONFIRM)
                .hasSize(16);
    }

    @Test
    void anAllocationIsConfirmedByFreshPairsThoughTimeIsUnchanged() throws Exception {
        final ScriptedBoard board = new ScriptedBoard(
                (cell, plan) -> ScriptedBoard.allocating(plan, cell.caseId().contains("shm") ? 16 : 0));
        final Merge.Merged merged = run(Plans.of(Budget.STANDARD, 1, "one"), board, Metric.judged());

        assertThat(merged.regressed()).isTrue();
        assertThat(cell(merged, "shm").verdict()).isEqualTo(Verdict.UNCHANGED);
        final AdopterReport.Cell alloc = merged.report().adopters().get(0).cells().stream()
                .filter(cell -> cell.metric().equals("alloc") && cell.caseId().contains("shm"))
                .findFirst()
                .orElseThrow();
        assertThat(alloc.verdict()).isEqualTo(Verdict.REGRESSED);
        assertThat(alloc.ratio()).isCloseTo(1.25, within(1e-9));
        assertThat(alloc.pairs()).isEqualTo(16);
        assertThat(board.postedPairs()).hasSize(8 + 8 + 16);
        final Report.Summary summary = merged.report().summary();
        assertThat(summary.counts()).containsExactly(Map.entry(Verdict.REGRESSED, 1));
        assertThat(summary.cellCounts()).containsExactly(Map.entry(Verdict.UNCHANGED, 2));
        assertThat(summary.metricCounts())
                .containsOnlyKeys("alloc", "cpu")
                .containsEntry("alloc", Map.of(Verdict.REGRESSED, 1, Verdict.UNCHANGED, 1));
        assertThat(new VerdictTable(Colour.OFF).render(merged.report(), ""))
                .containsPattern("regressed +one shm +alloc ")
                .doesNotContain(" cpu ");
    }

    @Test
    void plansOfBeforeThereWereSeveralMetricsAreJudgedByTimeAlone() throws Exception {
        final Plan plan = Plans.of(Budget.QUICK, 1, "one");
        run(plan, new ScriptedBoard((cell, pair) -> ScriptedBoard.allocating(pair, 16)));
        final Path file = folder.resolve("plan.json");
        Files.writeString(file, Files.readString(file).replaceAll("\"metrics\":\\[[^]]*],", ""));

        assertThat(new RunFolder(folder).plan().judged()).containsExactly(Metric.TIME);
        assertThat(plan.judged()).containsExactlyElementsOf(Metric.judged());
    }

    @Test
    void plansOfBeforeFlakyTestsWerePlannedKnowNone() throws Exception {
        run(Plans.of(Budget.QUICK, 1, "one"), new ScriptedBoard((cell, pair) -> ScriptedBoard.measured(pair, 1.0)));
        final Path file = folder.resolve("plan.json");
        final String old = Files.readString(file).replaceAll("\"knownFlaky\":\\[[^]]*],", "");
        assertThat(old).doesNotContain("knownFlaky");
        Files.writeString(file, old);

        assertThat(new RunFolder(folder).plan().adopters().get(0).knownFlaky()).isEmpty();
    }

    @Test
    void aFasterSideIsImprovedAndNoRegression() throws Exception {
        final Merge.Merged merged = run(
                Plans.of(Budget.QUICK, 1, "one"), new ScriptedBoard((cell, plan) -> ScriptedBoard.measured(plan, 0.9)));
        assertThat(merged.report().summary().verdict()).isEqualTo(Verdict.IMPROVED);
        assertThat(merged.regressed()).isFalse();
    }

    @Test
    void pairsOfACellAreSpreadOverTheRunRoundRobin() throws Exception {
        final ScriptedBoard board = new ScriptedBoard(ExperimentTest::theSame);
        run(Plans.of(Budget.QUICK, 1, "one", "two"), board);
        final List<String> cells =
                board.postedPairs().stream().map(job -> job.cell().id()).toList();
        assertThat(cells.subList(0, 4)).doesNotHaveDuplicates().isEqualTo(cells.subList(4, 8));
    }

    @Test
    void anAdopterThatDoesNotBuildOnSideBIsRegressedAndTheOthersAreStillMeasured() throws Exception {
        final ScriptedBoard board =
                new ScriptedBoard(ExperimentTest::theSame).failing("one", "cannot find symbol: method gone()");
        final Merge.Merged merged = run(Plans.of(Budget.QUICK, 1, "one", "two"), board);
        final AdopterReport one = merged.report().adopters().get(0);
        assertThat(one.verdict()).isEqualTo(Verdict.REGRESSED);
        assertThat(one.build().reason()).contains("method gone()");
        assertThat(one.test().verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(one.cells()).extracting(AdopterReport.Cell::verdict).containsOnly(Verdict.SKIPPED);
        assertThat(merged.report().adopters().get(1).verdict()).isEqualTo(Verdict.UNCHANGED);
        assertThat(merged.regressed()).isTrue();
        assertThat(board.postedPairs()).extracting(job -> job.cell().adopter()).containsOnly("two");
    }

    @Test
    void differentResultsAreAMismatchAtOnceAndOutrankEveryTiming() throws Exception {
        final Attestation all = new Attestation("", Map.of(), 100, "abc");
        final Attestation less = new Attestation("", Map.of(), 99, "abd");
        final ScriptedBoard board =
                new ScriptedBoard((cell, plan) -> cell.caseId().contains("shm")
                        ? new PairOutcome.Mismatched(100, new Both<>(all, less))
                        : ScriptedBoard.measured(plan, 1.2));
        final Merge.Merged merged = run(Plans.of(Budget.QUICK, 1, "one"), board);
        assertThat(merged.report().summary().verdict()).isEqualTo(Verdict.MISMATCH);
        assertThat(cell(merged, "shm").reason()).contains("side a delivered 100, side b 99");
        assertThat(merged.regressed()).isTrue();
        assertThat(board.postedPairs())
                .filteredOn(job -> job.cell().caseId().contains("shm"))
                .hasSize(1);
    }

    @Test
    void aForkThatFailsOnSideBAloneIsBrokenAndCountsAsARegression() throws Exception {
        final ForkFailure exit = new ForkFailure(ForkFailure.Kind.EXIT, "exit code 7");
        final Merge.Merged onlyB = run(
                Plans.of(Budget.QUICK, 1, "one"),
                new ScriptedBoard((cell, plan) -> new PairOutcome.Failed(new Both<>(ForkFailure.NONE, exit))));
        assertThat(onlyB.report().summary().verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(cell(onlyB, "shm").reason()).isEqualTo("side b, exit: exit code 7");
        assertThat(onlyB.regressed()).isTrue();
        final Merge.Merged onlyA = run(
                Plans.of(Budget.QUICK, 1, "one"),
                new ScriptedBoard((cell, plan) -> new PairOutcome.Failed(new Both<>(exit, ForkFailure.NONE))));
        assertThat(onlyA.report().summary().verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(onlyA.regressed()).isFalse();
    }

    @Test
    void aPairThatTheEnvironmentSpoiltIsRunAgainAndCountedAsSuch() throws Exception {
        final AtomicInteger tries = new AtomicInteger();
        final ForkFailure killed = new ForkFailure(ForkFailure.Kind.INFRA, "killed from outside");
        final Merge.Merged merged = run(
                Plans.of(Budget.QUICK, 1, "one"),
                new ScriptedBoard((cell, plan) -> tries.getAndIncrement() == 0
                        ? new PairOutcome.Failed(new Both<>(killed, ForkFailure.NONE))
                        : ScriptedBoard.measured(plan, 1.0)));
        assertThat(merged.report().summary().verdict()).isEqualTo(Verdict.UNCHANGED);
        assertThat(merged.report().trust().pairsRerun()).isEqualTo(1);
        assertThat(merged.report().trust().pairs()).isEqualTo(17);
    }

    @Test
    void anEnvironmentThatKeepsSpoilingPairsIsAnErrorAndNotARegression() throws Exception {
        final ForkFailure killed = new ForkFailure(ForkFailure.Kind.INFRA, "killed from outside");
        final ScriptedBoard board =
                new ScriptedBoard((cell, plan) -> new PairOutcome.Failed(new Both<>(ForkFailure.NONE, killed)));
        final Merge.Merged merged = run(Plans.of(Budget.QUICK, 1, "one"), board);
        assertThat(merged.report().summary().verdict()).isEqualTo(Verdict.ERROR);
        assertThat(merged.regressed()).isFalse();
        assertThat(board.postedPairs()).hasSize(2 * 3);
    }

    @Test
    void keptDataGiveTheSameReportAgainToTheDigit() throws Exception {
        final Plan plan = Plans.of(Budget.QUICK, 1, "one", "two");
        final Merge.Merged first = run(plan, new ScriptedBoard((cell, pair) -> ScriptedBoard.measured(pair, 1.07)));
        final RunFolder kept = new RunFolder(folder);
        final Merge.Merged again = new Merge(kept.plan(), folder, Budget.QUICK.rules(), List.of(Metric.TIME))
                .merge(kept.agents(), kept.kept(), Report.Status.COMPLETED, Instant.EPOCH);
        assertThat(again).isEqualTo(first);
    }

    @Test
    void theSameSeedGivesTheSameScheduleByteForByteAndAnotherSeedAnother() throws Exception {
        final Path schedule = folder.resolve("schedule.json");
        run(Plans.of(Budget.QUICK, 42, "one"), new ScriptedBoard(ExperimentTest::theSame));
        final byte[] first = Files.readAllBytes(schedule);
        run(Plans.of(Budget.QUICK, 42, "one"), new ScriptedBoard(ExperimentTest::theSame));
        assertThat(Files.readAllBytes(schedule)).isEqualTo(first);
        run(Plans.of(Budget.QUICK, 43, "one"), new ScriptedBoard(ExperimentTest::theSame));
        assertThat(Files.readAllBytes(schedule)).isNotEqualTo(first);
    }

    @Test
    void everyJobHasAnIdOfItsOwn() throws Exception {
        final AtomicInteger tries = new AtomicInteger();
        final ForkFailure killed = new ForkFailure(ForkFailure.Kind.INFRA, "killed from outside");
        final ScriptedBoard board = new ScriptedBoard((cell, plan) -> tries.getAndIncrement() % 5 == 0
                ? new PairOutcome.Failed(new Both<>(killed, ForkFailure.NONE))
                : ScriptedBoard.measured(plan, 1.1));
        run(Plans.of(Budget.QUICK, 1, "one"), board);
        assertThat(board.postedPairs()).extracting(JobSpec::id).doesNotHaveDuplicates();
    }

    /** Side b takes as long as it is told to, and longer by what the harness is told to put in. */
    private static ScriptedBoard board(final ToDoubleFunction<JobSpec.Pairs> ratio) {
        return ScriptedBoard.byJob(
                (job, plan) -> ScriptedBoard.measured(plan, ratio.applyAsDouble(job) * (1 + job.slowdown())));
    }

    private static boolean isControl(final JobSpec.Pairs job) {
        return job.sides().b().copy() > 0;
    }

    @Test
    void controlsAreCellsLikeAnyOtherAndSayThatTheRunCanBeBelieved() throws Exception {
        final Plan plan = Plans.withControls(Plans.of(Budget.QUICK, 1, "one", "two"), Budget.QUICK);
        final ScriptedBoard board = board(job -> 1.0);
        final Merge.Merged merged = run(plan, board);

        final Report.Trust trust = merged.report().trust();
        assertThat(trust.aaCells()).isEqualTo(1);
        assertThat(trust.aaFlagged()).isZero();
        assertThat(trust.positiveControls()).isEqualTo(1);
        assertThat(trust.positiveControlsFound()).isEqualTo(1);
        assertThat(trust.positiveControlSize()).isBetween(0.045, 0.047);
        assertThat(trust.cost().controls()).isPositive();
        // The controls are in nobody's report, and in no count of cells.
        assertThat(merged.report().summary().verdict()).isEqualTo(Verdict.UNCHANGED);
        assertThat(merged.report().summary().cells()).isEqualTo(4);
        assertThat(board.postedPairs()).hasSize(4 * 8 + 2 * 8);
    }

    @Test
    void anEqualPairOfSidesIsPlannedAndNamedLikeAnyOther() throws Exception {
        final Plan plan = Plans.withControls(Plans.of(Budget.STANDARD, 5, "one", "two"), Budget.STANDARD);
        final ScriptedBoard board = board(job -> 1.0);
        run(plan, board);

        assertThat(board.postedPairs()).allSatisfy(job -> {
            assertThat(job.measurement()).matches("[0-9a-f]{8}");
            assertThat(job.sides().a().name()).isEqualTo(SideName.A);
            assertThat(job.sides().b().name()).isEqualTo(SideName.B);
        });
        assertThat(board.postedPairs().stream()
                        .filter(ExperimentTest::isControl)
                        .allMatch(job ->
                                job.sides().a().tree().equals(job.sides().b().tree())))
                .isTrue();
    }

    @Test
    void aSessionThatTellsEqualSidesApartIsMeasuredOnceMoreAndOnlyThatCounts() throws Exception {
        final Plan plan = Plans.withControls(Plans.of(Budget.QUICK, 1, "one", "two"), Budget.QUICK);
        // Everything on side b is slower in the first session.
        final Merge.Merged merged = run(plan, board(job -> job.session() < 3 ? 1.2 : 1.0));

        assertThat(merged.regressed()).isFalse();
        assertThat(merged.report().summary().verdict()).isEqualTo(Verdict.UNCHANGED);
        assertThat(merged.report().trust().sessions()).isEqualTo(2);
        assertThat(merged.report().trust().aaFlagged()).isZero();
        assertThat(merged.report().notes()).anyMatch(note -> note.contains("everything was measured again"));
        assertThat(folder.resolve("raw").resolve("void-session-1")).isNotEmptyDirectory();
        assertThat(new RunFolder(folder).plan().session()).isEqualTo(2);
    }

    @Test
    void sessionsThatKeepTellingEqualSidesApartHaveNoVerdict() throws Exception {
        final Plan plan = Plans.withControls(Plans.of(Budget.QUICK, 1, "one"), Budget.QUICK);
        final Merge.Merged merged = run(plan, board(job -> 1.2));

        assertThat(merged.regressed()).isFalse();
        assertThat(merged.report().summary().verdict()).isEqualTo(Verdict.ERROR);
        assertThat(merged.report().trust().aaFlagged()).isEqualTo(1);
        assertThat(cell(merged, "shm").reason()).startsWith("control failed");
    }

    @Test
    void aKnownSlowdownThatIsMissedIsSaid() throws Exception {
        final Plan plan = Plans.withControls(Plans.of(Budget.QUICK, 1, "one"), Budget.QUICK);
        final Merge.Merged merged = run(plan, ScriptedBoard.byJob((job, pair) -> ScriptedBoard.measured(pair, 1.0)));

        assertThat(merged.report().trust().positiveControls()).isEqualTo(1);
        assertThat(merged.report().trust().positiveControlsFound()).isZero();
        assertThat(merged.report().summary().verdict()).isEqualTo(Verdict.UNCHANGED);
    }

    @Test
    void whatMovesTheSameWayEverywhereIsConfirmedInASessionOfItsOwn() throws Exception {
        final ScriptedBoard board = board(job -> 1.1);
        final Merge.Merged merged = run(Plans.of(Budget.QUICK, 1, "one", "two", "three", "four"), board);

        assertThat(merged.regressed()).isTrue();
        assertThat(merged.report().notes()).anyMatch(note -> note.startsWith("8 of 8 cells moved the same way"));
        assertThat(board.postedPairs())
                .allSatisfy(job ->
                        assertThat(job.session()).isEqualTo(job.pairs().get(0).phase() == Phase.SCREEN ? 1 : 2));
    }

    @Test
    void aFewCellsThatMoveTogetherAreNoCommonMode() throws Exception {
        final ScriptedBoard board = board(job -> job.cell().adopter().equals("one") ? 1.1 : 1.0);
        final Merge.Merged merged = run(Plans.of(Budget.QUICK, 1, "one", "two", "three", "four"), board);

        assertThat(merged.regressed()).isTrue();
        assertThat(merged.report().notes()).isEmpty();
        assertThat(board.postedPairs()).extracting(JobSpec.Pairs::session).containsOnly(1);
    }

    @Test
    void aPairThatTheMachineDisturbedIsKeptCountedAndNeverJudged() throws Exception {
        final ScriptedBoard board = board(job -> 1.0).disturbing(3);
        final Merge.Merged merged = run(Plans.of(Budget.QUICK, 1, "one"), board);

        assertThat(merged.report().trust().pairs()).isEqualTo(16 + 3);
        assertThat(merged.report().trust().pairsRerun()).isEqualTo(3);
        assertThat(merged.report().trust().rerunReasons()).isEqualTo(Map.of("other processes", 3));
        // What was discarded says that side b is twice as slow.
        assertThat(merged.report().summary().verdict()).isEqualTo(Verdict.UNCHANGED);
        assertThat(merged.report().adopters().get(0).cells())
                .allSatisfy(cell -> assertThat(cell.pairsEffects()).hasSize(8));
    }

    private static PairOutcome theSame(final CellKey cell, final PairPlan plan) {
        return ScriptedBoard.measured(plan, 1.0);
    }

    private Merge.Merged run(final Plan plan, final ScriptedBoard board) throws Exception {
        return run(plan, board, List.of(Metric.TIME));
    }

    private Merge.Merged run(final Plan plan, final ScriptedBoard board, final List<Metric> metrics) throws Exception {
        final Path raw = folder.resolve("raw");
        if (Files.exists(raw)) {
            try (var files = Files.list(raw)) {
                for (final Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        }
        final RunFolder run = new RunFolder(folder);
        final Plan done =
                new Experiment(plan, run, board, Budget.of(plan.budget()).rules(), metrics, costs, Progress.NONE).run();
        return new Merge(done, folder, Budget.of(plan.budget()).rules(), metrics)
                .merge(run.agents(), run.kept(), Report.Status.COMPLETED, Instant.EPOCH);
    }

    private static AdopterReport.Cell cell(final Merge.Merged merged, final String transport) {
        return merged.report().adopters().get(0).cells().stream()
                .filter(cell -> cell.caseId().contains(transport))
                .findFirst()
                .orElseThrow();
    }
}
