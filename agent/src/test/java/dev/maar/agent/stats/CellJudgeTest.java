package dev.maar.agent.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.maar.agent.job.Phase;
import dev.maar.agent.job.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One test for each row of the judge's tables. All effects are in units of the threshold, which is 1. */
final class CellJudgeTest {

    private static final double[] NONE = {};
    private static final double THRESHOLD = 1;

    private final CellJudge judge = new CellJudge(MeasuringRules.standard());

    /** So many effects around a centre, evenly spread over twice a half-width; interleaved, so that every prefix has both halves. */
    private static double[] around(final double centre, final double halfWidth, final int pairs) {
        return IntStream.range(0, pairs)
                .mapToDouble(i -> centre + (i % 2 == 0 ? 1 : -1) * halfWidth * (i + 1) / pairs)
                .toArray();
    }

    private static double[] joined(final double[] first, final double[] second) {
        return DoubleStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
    }

    private static List<Reading> onAgent(final String agent, final double[] effects) {
        return Arrays.stream(effects)
                .mapToObj(effect -> new Reading(agent, effect))
                .toList();
    }

    private static Ruling ruled(final Next next) {
        assertThat(next).isInstanceOf(Next.Ruled.class);
        return ((Next.Ruled) next).ruling();
    }

    private Ruling ruling(final double[] screen, final double[] confirm) {
        return ruled(judge.next(screen, confirm, THRESHOLD));
    }

    @Test
    void looksOnlyAtTheScheduledSizes() {
        assertThat(judge.next(NONE, NONE, THRESHOLD)).isEqualTo(new Next.More(Phase.SCREEN, 8));
        assertThat(judge.next(around(0, 0.1, 5), NONE, THRESHOLD)).isEqualTo(new Next.More(Phase.SCREEN, 3));
        assertThat(judge.next(around(0, 9, 8), NONE, THRESHOLD)).isEqualTo(new Next.More(Phase.SCREEN, 8));
        assertThat(judge.next(around(0, 9, 11), NONE, THRESHOLD)).isEqualTo(new Next.More(Phase.SCREEN, 5));
    }

    @Test
    void screenWhoseIntervalIsInsideIsUnchangedAtTheFirstLook() {
        final Ruling ruling = ruling(around(0, 0.5, 8), NONE);
        assertThat(ruling.verdict()).isEqualTo(Verdict.UNCHANGED);
        assertThat(ruling.candidate()).isFalse();
        assertThat(ruling.phase()).isEqualTo(Phase.SCREEN);
        assertThat(ruling.estimate().pairs()).isEqualTo(8);
        assertThat(ruling.estimate().q()).isEqualTo(1);
        assertThat(ruling.pairsToDecide()).isZero();
    }

    @Test
    void smallButCertainChangeIsUnchangedAndNotACandidate() {
        assertThat(ruling(around(0.6, 0.1, 8), NONE).verdict()).isEqualTo(Verdict.UNCHANGED);
    }

    @Test
    void screenThatReachesTheThresholdFarFromZeroAsksForAConfirmation() {
        assertThat(judge.next(around(2, 0.5, 8), NONE, THRESHOLD)).isEqualTo(new Next.More(Phase.CONFIRM, 16));
        assertThat(judge.next(around(2, 0.5, 8), around(2, 0.5, 10), THRESHOLD))
                .isEqualTo(new Next.More(Phase.CONFIRM, 6));
    }

    @Test
    void estimateOfHalfTheThresholdIsEnoughForACandidate() {
        final double[] screen = {0.3, 0.4, 0.5, 0.6, 0.9, 1.2, 1.5, 1.6};
        assertThat(HodgesLehmann.of(screen)).isBetween(0.5, 1.0);
        assertThat(judge.next(screen, NONE, THRESHOLD)).isEqualTo(new Next.More(Phase.CONFIRM, 16));
    }

    @Test
    void pairsBeyondTheLookThatDecidedChangeNothing() {
        final double[] screen = around(0, 0.5, 8);
        assertThat(ruling(joined(screen, around(50, 1, 8)), around(50, 1, 32))).isEqualTo(ruling(screen, NONE));
    }

    @Test
    void firstLookTakesATenPercentChanceForACandidateAndTheSecondFive() {
        final double[] screen = {-0.1, -0.2, 2, -2.1, 3, 4, 5, 6};
        assertThat(SignedRank.of(screen, 0).greater()).isBetween(0.05, 0.10);
        assertThat(judge.next(screen, NONE, THRESHOLD)).isEqualTo(new Next.More(Phase.CONFIRM, 16));
        final double[] undecided = {-5, -4, -3, 0.1, 0.2, 3, 4, 5};
        final double[] weak = joined(undecided, new double[] {-2.5, -0.3, 0.4, 2, 3.1, 4.1, 5.1, 5.2});
        assertThat(SignedRank.of(weak, 0).greater()).isBetween(0.05, 0.10);
        assertThat(ruling(weak, NONE).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        final double[] strong = joined(undecided, new double[] {4.5, 0.3, 0.4, 2, 3.1, 4.1, 5.1, 5.2});
        assertThat(SignedRank.of(strong, 0).greater()).isLessThan(0.05);
        assertThat(judge.next(strong, NONE, THRESHOLD)).isEqualTo(new Next.More(Phase.CONFIRM, 16));
    }

    @Test
    void intervalAroundZeroWiderThanTheThresholdIsInconclusiveAndSaysHowManyPairsItWouldTake() {
        final Ruling ruling = ruling(around(0, 9, 16), NONE);
        assertThat(ruling.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(ruling.estimate().pairs()).isEqualTo(16);
        final double shrink =
                ruling.resolution() / (1 - Math.abs(ruling.estimate().effect()));
        assertThat(ruling.pairsToDecide() + 16.0).isCloseTo(16 * shrink * shrink, within(8.0));
        assertThat(ruling.pairsToDecide() % 8).isZero();
    }

    @Test
    void certainEffectUnderHalfTheThresholdWhoseIntervalReachesItIsInconclusive() {
        // Not in the method's table: the interval excludes zero and reaches m, but the estimate is no candidate's.
        final double[] screen = IntStream.range(0, 16)
                .mapToDouble(i -> i == 0 || i == 9 || i == 10 ? 3 : 0.1 + i * 0.001)
                .toArray();
        final Ruling ruling = ruling(screen, NONE);
        assertThat(ruling.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(ruling.estimate().effectLow()).isPositive();
        assertThat(ruling.estimate().effectHigh()).isGreaterThan(1);
        assertThat(ruling.estimate().effect()).isLessThan(0.5);
        assertThat(ruling.estimate().p()).isLessThan(0.05);
        assertThat(ruling.pairsToDecide()).isPositive();
    }

    @Test
    void confirmedChangeForTheWorseIsRegressedAndPublishesTheConfirmationsEstimate() {
        final Ruling ruling = ruling(around(3, 0.5, 8), around(2, 0.5, 16));
        assertThat(ruling.verdict()).isEqualTo(Verdict.REGRESSED);
        assertThat(ruling.candidate()).isTrue();
        assertThat(ruling.phase()).isEqualTo(Phase.CONFIRM);
        assertThat(ruling.estimate().effect()).isCloseTo(2, within(0.1));
        assertThat(ruling.estimate().pairs()).isEqualTo(16);
        assertThat(ruling.estimate().p()).isCloseTo(Math.pow(0.5, 16) / 0.6, within(1e-12));
        assertThat(ruling.estimate().ratio())
                .isEqualTo(Math.exp(ruling.estimate().effect()));
    }

    @Test
    void confirmedChangeForTheBetterIsImproved() {
        assertThat(ruling(around(-3, 0.5, 8), around(-2, 0.5, 16)).verdict()).isEqualTo(Verdict.IMPROVED);
    }

    @Test
    void metricOfWhichMoreIsBetterRegressesWhenItFalls() {
        final List<Reading> screen = Reading.ofOneAgent(around(-3, 0.5, 8));
        final List<Reading> confirm = Reading.ofOneAgent(around(-2, 0.5, 16));
        assertThat(ruled(judge.next(Better.HIGHER, screen, confirm, THRESHOLD)).verdict())
                .isEqualTo(Verdict.REGRESSED);
    }

    @Test
    void confirmationInsideTheThresholdIsUnchanged() {
        final Ruling ruling = ruling(around(2, 0.5, 8), around(0.2, 0.5, 16));
        assertThat(ruling.verdict()).isEqualTo(Verdict.UNCHANGED);
        assertThat(ruling.candidate()).isTrue();
        assertThat(ruling.estimate().pairs()).isEqualTo(16);
    }

    @Test
    void undecidedConfirmationLooksAgainAtThirtyTwo() {
        final double[] screen = around(2, 0.5, 8);
        assertThat(judge.next(screen, around(0.9, 2, 16), THRESHOLD)).isEqualTo(new Next.More(Phase.CONFIRM, 16));
        assertThat(ruling(screen, around(0.9, 2, 32)).estimate().pairs()).isEqualTo(32);
    }

    @Test
    void confirmationWhoseEstimateIsInTheNullHypothesisEndsAtItsFirstLook() {
        final double[] screen = around(2, 0.5, 8);
        for (final double effect : new double[] {0.3, -0.2}) {
            final Ruling ruling = ruling(screen, around(effect, 3, 16));
            assertThat(ruling.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(ruling.estimate().pairs()).isEqualTo(16);
            assertThat(ruling.pairsToDecide()).isPositive();
        }
    }

    @Test
    void confirmationThatStillShowsAsMuchAsMattersWithoutProvingItIsSuspect() {
        final Ruling ruling = ruling(around(2, 0.5, 8), around(1.1, 4, 32));
        assertThat(ruling.estimate().effectLow()).isPositive();
        assertThat(ruling.estimate().effect()).isGreaterThan(THRESHOLD);
        assertThat(ruling.estimate().p()).isGreaterThan(0.01);
        assertThat(ruling.verdict()).isEqualTo(Verdict.SUSPECT);
        assertThat(ruling.pairsToDecide()).isZero();
    }

    @Test
    void confirmationOfLessThanMattersIsInconclusiveHoweverSureThatItIsNotNothing() {
        final Ruling ruling = ruling(around(2, 0.5, 8), around(0.9, 2, 32));
        assertThat(ruling.estimate().effectLow()).isPositive();
        assertThat(ruling.estimate().effectHigh()).isGreaterThan(THRESHOLD);
        assertThat(ruling.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(ruling.pairsToDecide()).isPositive();
    }

    @Test
    void confirmationInTheOtherDirectionIsSuspectAndNoVerdict() {
        final Ruling ruling = ruling(around(2, 0.5, 8), around(-2, 0.5, 32));
        assertThat(ruling.verdict()).isEqualTo(Verdict.SUSPECT);
        assertThat(ruling.estimate().p()).isEqualTo(1);
    }

    @Test
    void errorOfTheConfirmationIsSharedBetweenItsLooks() {
        final double[] confirm = joined(around(0.9, 2, 16), around(2.2, 1, 16));
        final double first = SignedRank.of(Arrays.copyOf(confirm, 16), 1 / 3.0).greater() / 0.6;
        final double second = SignedRank.of(confirm, 1 / 3.0).greater() / 0.4;
        final Ruling ruling = ruling(around(2, 0.5, 8), confirm);
        assertThat(second).isLessThan(first);
        assertThat(ruling.verdict()).isEqualTo(Verdict.REGRESSED);
        assertThat(ruling.estimate().p()).isEqualTo(second);
    }

    @Test
    void earlierLookCountsWhenItSaidMoreThanTheLastOne() {
        final double[] confirm = joined(around(0.95, 0.6, 16), around(-4, 1, 16));
        final double first = SignedRank.of(Arrays.copyOf(confirm, 16), 1 / 3.0).greater() / 0.6;
        final Ruling ruling = ruling(around(2, 0.5, 8), confirm);
        assertThat(ruling.verdict()).isEqualTo(Verdict.SUSPECT);
        assertThat(ruling.estimate().pairs()).isEqualTo(32);
        assertThat(ruling.estimate().p()).isEqualTo(first);
    }

    @Test
    void barelyConfirmedAtTheFirstLookIsOnlyDecidedAtTheLast() {
        final double[] screen = around(2, 0.5, 8);
        final double[] confirm = around(2, 0.5, 32);
        confirm[3] = -8;
        confirm[7] = -9;
        final double first = SignedRank.of(Arrays.copyOf(confirm, 16), 1 / 3.0).greater() / 0.6;
        assertThat(first).isBetween(0.01, 0.05);
        assertThat(judge.next(screen, Arrays.copyOf(confirm, 16), THRESHOLD))
                .isEqualTo(new Next.More(Phase.CONFIRM, 16));
        assertThat(ruling(screen, confirm).verdict()).isEqualTo(Verdict.REGRESSED);
    }

    @Test
    void agentsThatDisagreeAreSuspectAndNamed() {
        final double[] screen = around(3, 0.5, 8);
        final List<Reading> confirm = Stream.of(
                        onAgent("x", around(1.5, 0.2, 8)),
                        onAgent("y", around(4, 0.2, 8)),
                        onAgent("x", around(1.5, 0.2, 8)),
                        onAgent("y", around(4, 0.2, 8)))
                .flatMap(List::stream)
                .toList();
        final Ruling ruling = ruled(judge.next(Better.LOWER, Reading.ofOneAgent(screen), confirm, THRESHOLD));
        assertThat(ruling.verdict()).isEqualTo(Verdict.SUSPECT);
        assertThat(ruling.agentsDisagree()).isTrue();
        assertThat(ruling.agents()).extracting(AgentEstimate::agent).containsExactly("x", "y");
        assertThat(ruling.agents()).extracting(AgentEstimate::pairs).containsExactly(16, 16);
    }

    @Test
    void agentsThatDifferByLessThanTheThresholdAgree() {
        final double[] screen = around(3, 0.5, 8);
        final List<Reading> confirm = Stream.of(onAgent("x", around(3, 0.01, 8)), onAgent("y", around(3.8, 0.01, 8)))
                .flatMap(List::stream)
                .toList();
        assertThat(CochranQ.of(List.of(around(3, 0.01, 8), around(3.8, 0.01, 8)))
                        .p())
                .isLessThan(0.01);
        final Ruling ruling = ruled(judge.next(Better.LOWER, Reading.ofOneAgent(screen), confirm, THRESHOLD));
        assertThat(ruling.verdict()).isEqualTo(Verdict.REGRESSED);
    }

    @Test
    void agentWithFewPairsHasNoOpinionOfItsOwn() {
        final double[] screen = around(3, 0.5, 8);
        final List<Reading> confirm = Stream.of(onAgent("x", around(2, 0.1, 12)), onAgent("y", around(6, 0.1, 4)))
                .flatMap(List::stream)
                .toList();
        final Ruling ruling = ruled(judge.next(Better.LOWER, Reading.ofOneAgent(screen), confirm, THRESHOLD));
        assertThat(ruling.agentsDisagree()).isFalse();
        assertThat(ruling.agents()).hasSize(2);
        assertThat(ruling.verdict()).isEqualTo(Verdict.REGRESSED);
    }

    @Test
    void stoppedCellIsRuledByItsLastCompleteLook() {
        final double[] candidate = around(2, 0.5, 8);
        assertThat(judge.stopped(Better.LOWER, List.of(), List.of(), THRESHOLD)).isEmpty();
        assertThat(stopped(around(0, 0.1, 3), NONE).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(stopped(around(0, 9, 12), NONE).estimate().pairs()).isEqualTo(8);
        assertThat(stopped(candidate, NONE).verdict()).isEqualTo(Verdict.SUSPECT);
        assertThat(stopped(candidate, NONE).phase()).isEqualTo(Phase.SCREEN);
        assertThat(stopped(candidate, NONE).estimate().p()).isEqualTo(1);
        assertThat(stopped(candidate, around(2, 0.5, 15)).verdict()).isEqualTo(Verdict.SUSPECT);
        assertThat(stopped(candidate, around(0.9, 2, 20)).estimate().pairs()).isEqualTo(16);
        assertThat(stopped(candidate, around(2, 0.5, 16))).isEqualTo(ruling(candidate, around(2, 0.5, 16)));
    }

    private Ruling stopped(final double[] screen, final double[] confirm) {
        return judge.stopped(Better.LOWER, Reading.ofOneAgent(screen), Reading.ofOneAgent(confirm), THRESHOLD)
                .orElseThrow();
    }

    @Test
    void settlingAdjustsTheCandidatesAmongThemselvesAndDemotesWhatDoesNotHold() {
        final Ruling strong = ruling(around(3, 0.5, 8), around(2, 0.5, 16));
        final Ruling weak = strong.withP(0.04);
        final Ruling refuted = ruling(around(3, 0.5, 8), around(-2, 0.5, 32));
        final Ruling unchanged = ruling(around(0, 0.5, 8), NONE);
        final List<Ruling> settled = judge.settle(List.of(unchanged, weak, refuted, strong));
        assertThat(settled)
                .extracting(Ruling::verdict)
                .containsExactly(Verdict.UNCHANGED, Verdict.SUSPECT, Verdict.SUSPECT, Verdict.REGRESSED);
        assertThat(settled.get(0)).isEqualTo(unchanged);
        assertThat(settled.get(1).estimate().q()).isCloseTo(0.06, within(1e-12));
        assertThat(settled.get(3).estimate().q())
                .isCloseTo(3 * strong.estimate().p(), within(1e-12));
        assertThat(judge.settle(List.of(weak)).get(0).verdict()).isEqualTo(Verdict.REGRESSED);
        assertThat(judge.settle(List.of())).isEmpty();
    }

    @Test
    void thresholdThatIsNotPositiveIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> judge.next(NONE, NONE, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> judge.next(NONE, NONE, Double.NaN));
    }
}
