package dev.maar.agent.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.fork.ForkSpec;
import dev.maar.agent.jigs.TestJigs;
import dev.maar.agent.job.Both;
import dev.maar.agent.job.ForkFailure;
import dev.maar.agent.job.ForkFailure.Kind;
import dev.maar.agent.job.ForkNotes;
import dev.maar.agent.job.JigRecipe;
import dev.maar.agent.job.PairOutcome;
import dev.maar.agent.job.PairPlan;
import dev.maar.agent.job.PairSettings;
import dev.maar.agent.job.SideName;
import dev.maar.agent.job.Slice;
import dev.maar.agent.sandbox.Reaper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Live pairs of real forks. */
class LivePairTest {

    private static final Duration SILENCE = Duration.ofSeconds(20);
    private static final Duration SHORT_SILENCE = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    private Reaper reaper;
    private LivePair pairs;

    @BeforeEach
    void start() throws Exception {
        reaper = Reaper.start();
        pairs = new LivePair(reaper, folder.resolve("scratch"));
    }

    @AfterEach
    void stop() throws Exception {
        pairs.close();
        reaper.close();
    }

    private PairOutcome run(final Class<?> jig) throws Exception {
        return run(jig, SILENCE);
    }

    private PairOutcome run(final Class<?> jig, final Duration silence) throws Exception {
        return pairs.run(
                TestForks.of(jig, folder), TestForks.plan(SideName.A, TestForks.TINY), TestForks.TINY, silence);
    }

    private static PairOutcome.Measured measured(final PairOutcome outcome) {
        assertThat(outcome).isInstanceOf(PairOutcome.Measured.class);
        return (PairOutcome.Measured) outcome;
    }

    private static Both<ForkFailure> failures(final PairOutcome outcome) {
        assertThat(outcome).isInstanceOf(PairOutcome.Failed.class);
        return ((PairOutcome.Failed) outcome).failures();
    }

    @Test
    void bothSidesRunTheSameOperationsInTheDrawnOrder() throws Exception {
        final PairPlan plan = TestForks.plan(SideName.B, TestForks.TINY);
        final PairOutcome.Measured measured =
                measured(pairs.run(TestForks.of(TestJigs.Steady.class, folder), plan, TestForks.TINY, SILENCE));

        final List<SideName> expected = new ArrayList<>();
        plan.roundFirst().forEach(first -> expected.addAll(List.of(first, first.other())));
        assertThat(measured.slices()).extracting(Slice::side).containsExactlyElementsOf(expected);
        assertThat(measured.slices())
                .extracting(Slice::operations)
                .containsOnly(measured.slices().get(0).operations());
        assertThat(measured.slices()).allSatisfy(slice -> {
            assertThat(slice.nanos()).isPositive();
            assertThat(slice.cpuNanos()).isPositive();
            assertThat(slice.allocatedBytes()).isNotNegative();
        });
        assertThat(measured.attested().a()).isEqualTo(measured.attested().b());
        assertThat(measured.attested().a().facts()).containsEntry("transport", "local");
    }

    @Test
    void aSlowdownOfOneSideShowsInItsSlices() throws Exception {
        final PairOutcome.Measured measured = measured(pairs.run(
                TestForks.of(TestJigs.SlowerOnOneSide.class, folder),
                TestForks.plan(SideName.A, TestForks.WARM),
                TestForks.WARM,
                SILENCE));

        assertThat(cpuNanos(measured, SideName.B)).isGreaterThan((long) (1.3 * cpuNanos(measured, SideName.A)));
    }

    @Test
    void theHarnessSlowsAPositiveControlAndNotItsTwin() throws Exception {
        final Both<ForkSpec> specs = TestForks.of(TestJigs.Steady.class, folder);
        final PairOutcome.Measured measured = measured(pairs.run(
                new Both<>(specs.a(), specs.b().withSlowdown(4)),
                TestForks.plan(SideName.B, TestForks.WARM),
                TestForks.WARM,
                SILENCE));

        assertThat(cpuNanos(measured, SideName.B)).isGreaterThan((long) (1.4 * cpuNanos(measured, SideName.A)));
    }

    @Test
    void notesTellTheStartOfTheFirstSideAndThePeakMemoryAndLatenciesOfBoth() throws Exception {
        final PairOutcome.Measured measured = measured(run(TestJigs.Times.class));

        assertThat(measured.notes().a().startUpNanos()).isPositive();
        assertThat(measured.notes().b().startUpNanos()).isEqualTo(-1);
        for (final SideName side : SideName.values()) {
            final ForkNotes notes = measured.notes().of(side);
            assertThat(notes.peakMemoryBytes()).isGreaterThan(8L << 20);
            assertThat(notes.latencyNs()).containsOnlyKeys(100L);
            assertThat(notes.latencyNs().values())
                    .containsExactly(measured.slices().stream()
                            .filter(slice -> slice.side() == side)
                            .mapToLong(Slice::operations)
                            .sum());
        }
    }

    @Test
    void allocationIsCountedPerSlice() throws Exception {
        final PairOutcome.Measured measured = measured(run(TestJigs.Allocates.class));

        assertThat(measured.slices())
                .allSatisfy(slice -> assertThat((double) slice.allocatedBytes() / slice.operations())
                        .isBetween(1_000.0, 1_050.0));
    }

    @Test
    void whatTheAppPrintsDoesNotGarbleTheProtocol() throws Exception {
        measured(run(TestJigs.Prints.class));

        assertThat(folder.resolve("fork-a.log")).content().contains("{\"ns\":1,\"operations\":1}");
    }

    @Test
    void aThreadThatTheJigLeftDoesNotKeepItsForkAlive() throws Exception {
        measured(run(TestJigs.LeavesAThread.class));
    }

    @Test
    void aHangOnOneSideIsThatSides() throws Exception {
        final Both<ForkFailure> failures = failures(run(TestJigs.HangsOnOneSide.class, SHORT_SILENCE));

        assertThat(failures.a()).isEqualTo(ForkFailure.NONE);
        assertThat(failures.b().kind()).isEqualTo(Kind.HANG);
        assertThat(failures.b().reason()).contains("no answer to run within 2.0 s");
    }

    @Test
    void aHangOnBothSidesIsBothSides() throws Exception {
        final Both<ForkFailure> failures = failures(run(TestJigs.Hangs.class, SHORT_SILENCE));

        assertThat(failures.a().kind()).isEqualTo(Kind.HANG);
        assertThat(failures.b().kind()).isEqualTo(Kind.HANG);
    }

    @Test
    void anEarlyExitTellsItsCodeAndItsLastWords() throws Exception {
        final Both<ForkFailure> failures = failures(run(TestJigs.ExitsOnOneSide.class));

        assertThat(failures.a()).isEqualTo(ForkFailure.NONE);
        assertThat(failures.b().kind()).isEqualTo(Kind.EXIT);
        assertThat(failures.b().reason()).contains("exit code 7").contains("good bye");
    }

    @Test
    void anExceptionAtSetUpIsToldWithItsCause() throws Exception {
        final Both<ForkFailure> failures = failures(run(TestJigs.RefusesOnOneSide.class));

        assertThat(failures.a()).isEqualTo(ForkFailure.NONE);
        assertThat(failures.b().kind()).isEqualTo(Kind.EXCEPTION);
        assertThat(failures.b().reason()).contains("no such transport here").contains("refused");
    }

    @Test
    void anExceptionAtTheEndCounts() throws Exception {
        final Both<ForkFailure> failures = failures(run(TestJigs.FailsToCloseOnOneSide.class));

        assertThat(failures.a()).isEqualTo(ForkFailure.NONE);
        assertThat(failures.b().kind()).isEqualTo(Kind.EXCEPTION);
        assertThat(failures.b().reason()).contains("still in use");
    }

    @Test
    void aFullDiskIsTheEnvironmentsFault() throws Exception {
        assertThat(failures(run(TestJigs.NoSpace.class)).a().kind()).isEqualTo(Kind.INFRA);
    }

    @Test
    void runningOutOfMemoryIsToldAsSuch() throws Exception {
        final Both<ForkFailure> failures = failures(run(TestJigs.AllocatesWithoutBound.class));

        assertThat(failures.a().kind()).isEqualTo(Kind.OUT_OF_MEMORY);
        assertThat(failures.b().kind()).isEqualTo(Kind.OUT_OF_MEMORY);
    }

    @Test
    void theOtherSidesTrialIsNotCutShortByWhatAWarmUpMayTake() throws Exception {
        final PairSettings hurried = new PairSettings(4, 4_000_000L, 1L, 1L, 0.2);

        final Both<ForkFailure> failures = failures(pairs.run(
                TestForks.of(TestJigs.AllocatesWithoutBound.class, folder),
                TestForks.plan(SideName.A, hurried),
                hurried,
                SILENCE));

        assertThat(failures.a().kind()).isEqualTo(Kind.OUT_OF_MEMORY);
        assertThat(failures.b().kind()).isEqualTo(Kind.OUT_OF_MEMORY);
    }

    @Test
    void aLineThatIsNotOfTheProtocolIsQuotedWithoutItsControlCharacters() throws Exception {
        final Both<ForkFailure> failures = failures(run(TestJigs.PrintsIntoTheProtocol.class));

        assertThat(failures.a()).isEqualTo(ForkFailure.NONE);
        assertThat(failures.b().kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(failures.b().reason())
                .contains("WARNING: a library that likes to talk")
                .doesNotContain("\u001b");
    }

    @Test
    void lostMessagesAreAMismatch() throws Exception {
        final PairOutcome outcome = run(TestJigs.LosesOnOneSide.class);

        assertThat(outcome).isInstanceOf(PairOutcome.Mismatched.class);
        final PairOutcome.Mismatched mismatched = (PairOutcome.Mismatched) outcome;
        assertThat(mismatched.attested().a().delivered()).isEqualTo(mismatched.operations());
        assertThat(mismatched.attested().b().delivered()).isLessThan(mismatched.operations());
    }

    @Test
    void anotherChecksumIsAMismatch() throws Exception {
        assertThat(run(TestJigs.WrongChecksumOnOneSide.class)).isInstanceOf(PairOutcome.Mismatched.class);
    }

    @Test
    void aJigThatWaitsForLostMessagesIsFoundAfterItsFirstLongSlice() throws Exception {
        final PairOutcome outcome = run(TestJigs.StallsOnOneSide.class);

        assertThat(outcome).isInstanceOf(PairOutcome.Mismatched.class);
        // The slice of 1,024 operations is the first that stalls; had it gone on, many more would have been run.
        assertThat(((PairOutcome.Mismatched) outcome).operations()).isLessThan(5_000);
    }

    @Test
    void anotherTransportThanTheCasesIsAnError() throws Exception {
        final Both<ForkSpec> specs = TestForks.of(
                new JigRecipe.JvmJig(TestJigs.OtherTransportOnOneSide.class.getName()),
                Map.of("transport", "shm"),
                folder);
        final Both<ForkFailure> failures =
                failures(pairs.run(specs, TestForks.plan(SideName.A, TestForks.TINY), TestForks.TINY, SILENCE));

        assertThat(failures.a()).isEqualTo(ForkFailure.NONE);
        assertThat(failures.b().kind()).isEqualTo(Kind.ATTESTATION);
        assertThat(failures.b().reason()).contains("transport=shm").contains("local");
    }

    @Test
    void aMissingJdkIsToldByItsPath() throws Exception {
        final Both<ForkSpec> specs = TestForks.of(TestJigs.Steady.class, folder);
        final Both<ForkFailure> failures = failures(pairs.run(
                new Both<>(specs.a(), TestForks.withJdk(specs.b(), "/no/such/jdk")),
                TestForks.plan(SideName.A, TestForks.TINY),
                TestForks.TINY,
                SILENCE));

        assertThat(failures.a()).isEqualTo(ForkFailure.NONE);
        assertThat(failures.b().reason()).contains("/no/such/jdk/bin/java");
    }

    @Test
    void theCpuTimeOfAllForksIsAddedUp() throws Exception {
        final PairOutcome.Measured measured = measured(run(TestJigs.Steady.class));

        assertThat(pairs.forkCpuNanos())
                .isGreaterThan(
                        measured.slices().stream().mapToLong(Slice::cpuNanos).sum());
    }

    /** The median of a side's slices, in CPU time: on a machine that is busy with other things its wall time says little. */
    private static long cpuNanos(final PairOutcome.Measured measured, final SideName side) {
        final long[] nanos = measured.slices().stream()
                .filter(slice -> slice.side() == side)
                .mapToLong(Slice::cpuNanos)
                .sorted()
                .toArray();
        return nanos[nanos.length / 2];
    }
}
