package dev.maar.coordinator.merge;

import static dev.maar.agent.job.StageStatus.FAIL;
import static dev.maar.agent.job.StageStatus.INFRA;
import static dev.maar.agent.job.StageStatus.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.job.Both;
import dev.maar.agent.job.ForkFailure;
import dev.maar.agent.job.StageStatus;
import dev.maar.agent.job.TestOutcome;
import dev.maar.agent.job.TestResult;
import dev.maar.agent.job.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class StageTablesTest {

    private static final String ID = "SomeTest#some";

    @ParameterizedTest
    @CsvSource({
        "PASS, PASS, UNCHANGED",
        "PASS, FAIL, REGRESSED",
        "PASS, INFRA, ERROR",
        "PASS, SKIPPED, SKIPPED",
        "FAIL, PASS, FIXED",
        "FAIL, FAIL, STILL_FAILING",
        "FAIL, INFRA, ERROR",
        "FAIL, SKIPPED, SKIPPED",
        "INFRA, PASS, ERROR",
        "INFRA, FAIL, ERROR",
        "INFRA, INFRA, ERROR",
        "INFRA, SKIPPED, ERROR",
        "SKIPPED, PASS, SKIPPED",
        "SKIPPED, FAIL, SKIPPED",
        "SKIPPED, INFRA, ERROR",
        "SKIPPED, SKIPPED, SKIPPED",
    })
    void everyPairOfBuildOutcomesHasItsVerdict(final StageStatus a, final StageStatus b, final Verdict verdict) {
        assertThat(BuildTable.verdict(a, b)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "PASSED, PASSED, UNCHANGED",
        "PASSED, FAILED, REGRESSED",
        "PASSED, SKIPPED, UNCHANGED",
        "PASSED, ABSENT, REGRESSED",
        "FAILED, PASSED, FIXED",
        "FAILED, FAILED, STILL_FAILING",
        "FAILED, SKIPPED, UNCHANGED",
        "FAILED, ABSENT, STILL_FAILING",
        "SKIPPED, PASSED, UNCHANGED",
        "SKIPPED, FAILED, REGRESSED",
        "SKIPPED, SKIPPED, UNCHANGED",
        "SKIPPED, ABSENT, UNCHANGED",
        "ABSENT, PASSED, FIXED",
        "ABSENT, FAILED, REGRESSED",
        "ABSENT, SKIPPED, UNCHANGED",
        "ABSENT, ABSENT, UNCHANGED",
        "FLAKY, PASSED, FLAKY",
        "FLAKY, FAILED, FLAKY",
        "FLAKY, SKIPPED, FLAKY",
        "FLAKY, ABSENT, FLAKY",
        "FLAKY, FLAKY, FLAKY",
        "PASSED, FLAKY, FLAKY",
        "FAILED, FLAKY, FLAKY",
        "SKIPPED, FLAKY, FLAKY",
        "ABSENT, FLAKY, FLAKY",
    })
    void everyPairOfTestResultsHasItsVerdict(final String a, final String b, final Verdict verdict) {
        final TestTable table = TestTable.of(ran(a), ran(b), List.of());
        assertThat(table.verdict()).isEqualTo(verdict);
        assertThat(table.newlyFailing().contains(ID)).isEqualTo(verdict == Verdict.REGRESSED);
        assertThat(table.newlyPassing().contains(ID)).isEqualTo(verdict == Verdict.FIXED);
        assertThat(table.stillFailing().contains(ID)).isEqualTo(verdict == Verdict.STILL_FAILING);
        assertThat(table.flaky().contains(ID)).isEqualTo(verdict == Verdict.FLAKY);
    }

    @Test
    void aTestThatTheManifestKnowsToBeFlakyIsNotHeldAgainstASide() {
        assertThat(TestTable.of(ran("PASSED"), ran("FAILED"), List.of(ID)).verdict())
                .isEqualTo(Verdict.FLAKY);
        assertThat(TestTable.of(ran("PASSED"), ran("PASSED"), List.of(ID)).verdict())
                .isEqualTo(Verdict.UNCHANGED);
    }

    @Test
    void failingOnBothSidesWithOtherWordsIsSaid() {
        final TestOutcome other =
                outcome(FAIL, Map.of(ID, new TestResult(TestResult.Status.FAILED, "expected 1 but was 3")));

        assertThat(TestTable.of(ran("FAILED"), other, List.of()).failingDifferently())
                .containsExactly(ID);
        assertThat(TestTable.of(ran("FAILED"), ran("FAILED"), List.of()).failingDifferently())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(StageStatus.class)
    void anEnvironmentFailureOnEitherSideIsNeitherARegressionNorGreen(final StageStatus other) {
        assertThat(TestTable.of(outcome(INFRA, Map.of()), outcome(other, Map.of()), List.of())
                        .verdict())
                .isEqualTo(Verdict.ERROR);
        assertThat(TestTable.of(outcome(other, Map.of()), outcome(INFRA, Map.of()), List.of())
                        .verdict())
                .isEqualTo(Verdict.ERROR);
    }

    @Test
    void testsThatWereNotRunOnOneSideAreSkipped() {
        assertThat(TestTable.of(ran("PASSED"), TestOutcome.skipped("does not compile"), List.of())
                        .verdict())
                .isEqualTo(Verdict.SKIPPED);
    }

    @Test
    void aNewFailureOutranksANewPass() {
        final Map<String, TestResult> a = Map.of("T#one", failed(), "T#two", passed());
        final Map<String, TestResult> b = Map.of("T#one", passed(), "T#two", failed());
        final TestTable table = TestTable.of(outcome(FAIL, a), outcome(FAIL, b), List.of());
        assertThat(table.verdict()).isEqualTo(Verdict.REGRESSED);
        assertThat(table.newlyFailing()).isEqualTo(List.of("T#two"));
        assertThat(table.newlyPassing()).isEqualTo(List.of("T#one"));
    }

    @Test
    void aRunThatFailsWithoutNamingATestIsAFailureOfTheRunItself() {
        final TestTable table = TestTable.of(ran("PASSED"), outcome(FAIL, Map.of(ID, passed())), List.of());
        assertThat(table.verdict()).isEqualTo(Verdict.REGRESSED);
        assertThat(table.newlyFailing()).isEqualTo(List.of(TestTable.WHOLE_RUN));
    }

    @ParameterizedTest
    @EnumSource(ForkFailure.Kind.class)
    void aForkThatFailsOnOneSideOnlyIsBrokenUnlessTheEnvironmentIsToBlame(final ForkFailure.Kind kind) {
        final Verdict expected = switch (kind) {
            case NONE, ATTESTATION, INFRA -> Verdict.ERROR;
            case HANG, EXIT, OUT_OF_MEMORY, PROTOCOL, EXCEPTION -> Verdict.BROKEN;
        };
        final ForkFailure failure = new ForkFailure(kind, "why");
        assertThat(ForkTable.verdict(new Both<>(ForkFailure.NONE, failure))).isEqualTo(expected);
        assertThat(ForkTable.verdict(new Both<>(failure, ForkFailure.NONE))).isEqualTo(expected);
        assertThat(ForkTable.onlyB(new Both<>(ForkFailure.NONE, failure))).isEqualTo(expected == Verdict.BROKEN);
        assertThat(ForkTable.onlyB(new Both<>(failure, ForkFailure.NONE))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(ForkFailure.Kind.class)
    void forksThatFailOnBothSidesAreAnError(final ForkFailure.Kind kind) {
        final ForkFailure hang = new ForkFailure(ForkFailure.Kind.HANG, "silent for 60 s");
        final ForkFailure failure = new ForkFailure(kind, "why");
        assertThat(ForkTable.verdict(new Both<>(failure, hang)))
                .isEqualTo(kind == ForkFailure.Kind.NONE ? Verdict.BROKEN : Verdict.ERROR);
    }

    private static TestOutcome ran(final String ended) {
        return switch (ended) {
            case "ABSENT" -> outcome(PASS, Map.of());
            case "PASSED" -> outcome(PASS, Map.of(ID, passed()));
            case "FAILED" -> outcome(FAIL, Map.of(ID, failed()));
            case "FLAKY" -> outcome(PASS, Map.of(ID, new TestResult(TestResult.Status.FLAKY, "")));
            case "SKIPPED" -> outcome(PASS, Map.of(ID, new TestResult(TestResult.Status.SKIPPED, "")));
            default -> throw new IllegalArgumentException(ended);
        };
    }

    private static TestOutcome outcome(final StageStatus status, final Map<String, TestResult> tests) {
        return new TestOutcome(status, "", tests, "", false, 1);
    }

    private static TestResult passed() {
        return new TestResult(TestResult.Status.PASSED, "");
    }

    private static TestResult failed() {
        return new TestResult(TestResult.Status.FAILED, "expected 1 but was 2");
    }
}
