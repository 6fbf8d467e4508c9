package dev.maar.agent.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.job.Phase;
import dev.maar.agent.job.Verdict;
import dev.maar.agent.stats.MeasuringRules.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What must hold of the judge whatever it is shown. The threshold is 3, so that its third is exact; agents are x and y. */
final class CellJudgePropertyTest {

    private static final double THRESHOLD = 3;

    private static final MeasuringRules THREE_LOOKS = new MeasuringRules(
            0.90,
            0.5,
            List.of(new Look(8, 0.10), new Look(16, 0.05), new Look(32, 0.05)),
            1.0 / 3,
            List.of(new Look(16, 0.5), new Look(32, 0.3), new Look(64, 0.2)),
            0.01,
            0.05,
            0.05,
            1.3,
            0.95,
            20,
            0.01,
            1,
            5,
            1,
            0.01);

    /** Pairs around some centre, from calm to wild, with ties and zeros, on one agent or two that may disagree. */
    @Provide
    Arbitrary<List<Reading>> pairs() {
        final Arbitrary<Double> centres = Arbitraries.of(0.0, 1.0, -1.0, 2.0, 3.0, -3.0, 4.0, -5.0, 8.0);
        final Arbitrary<Integer> spreads = Arbitraries.of(0, 1, 2, 4, 8, 30);
        final Arbitrary<Boolean> twoAgents = Arbitraries.of(true, false);
        final Arbitrary<Double> apart = Arbitraries.of(0.0, 0.0, 2.0, 6.0);
        return Combinators.combine(centres, spreads, twoAgents, apart)
                .flatAs((centre, spread, two, gap) -> Arbitraries.integers()
                        .between(-4 * spread, 4 * spread)
                        .list()
                        .ofMaxSize(70)
                        .map(noise -> IntStream.range(0, noise.size())
                                .mapToObj(i -> new Reading(
                                        two && i % 2 == 1 ? "y" : "x",
                                        centre + noise.get(i) / 4.0 + (two && i % 2 == 1 ? gap : 0)))
                                .toList()));
    }

    @Provide
    Arbitrary<MeasuringRules> rules() {
        return Arbitraries.of(MeasuringRules.quick(), MeasuringRules.standard(), THREE_LOOKS);
    }

    @Property
    void everyCellIsEitherMissingPairsUntilAScheduledLookOrRuled(
            @ForAll("rules") final MeasuringRules rules,
            @ForAll("pairs") final List<Reading> screen,
            @ForAll("pairs") final List<Reading> confirm) {
        final Next next = new CellJudge(rules).next(Better.LOWER, screen, confirm, THRESHOLD);
        if (next instanceof Next.More more) {
            final boolean screening = more.phase() == Phase.SCREEN;
            final int total = (screening ? screen : confirm).size() + more.pairs();
            assertThat(more.pairs()).isPositive();
            assertThat((screening ? rules.screen() : rules.confirm()))
                    .extracting(MeasuringRules.Look::pairs)
                    .contains(total);
        } else {
            assertFollowsFromItsNumbers(((Next.Ruled) next).ruling(), rules, true);
        }
    }

    @Property
    void stoppedCellHasExactlyOneVerdictThatFollowsFromItsNumbers(
            @ForAll("rules") final MeasuringRules rules,
            @ForAll("pairs") final List<Reading> screen,
            @ForAll("pairs") final List<Reading> confirm) {
        final CellJudge judge = new CellJudge(rules);
        final Optional<Ruling> stopped = judge.stopped(Better.LOWER, screen, confirm, THRESHOLD);
        assertThat(stopped.isEmpty()).isEqualTo(screen.isEmpty());
        final Next next = judge.next(Better.LOWER, screen, confirm, THRESHOLD);
        stopped.ifPresent(ruling -> {
            assertFollowsFromItsNumbers(ruling, rules, next instanceof Next.Ruled);
            if (next instanceof Next.Ruled ruled) {
                assertThat(ruling).isEqualTo(ruled.ruling());
            } else {
                assertThat(ruling.verdict()).isIn(Verdict.INCONCLUSIVE, Verdict.SUSPECT);
            }
        });
    }

    /** The table of the docstring, said the other way round: what a verdict promises of the published numbers. */
    private static void assertFollowsFromItsNumbers(
            final Ruling ruling, final MeasuringRules rules, final boolean complete) {
        final Estimate estimate = ruling.estimate();
        final boolean inside = estimate.effectLow() > -THRESHOLD && estimate.effectHigh() < THRESHOLD;
        assertThat(estimate.effect()).isBetween(estimate.effectLow(), estimate.effectHigh());
        assertThat(estimate.p()).isBetween(0.0, 1.0);
        switch (ruling.verdict()) {
            case REGRESSED, IMPROVED -> {
                assertThat(ruling.candidate()).isTrue();
                assertThat(ruling.phase()).isEqualTo(Phase.CONFIRM);
                assertThat(ruling.agentsDisagree()).isFalse();
                assertThat(estimate.p()).isLessThanOrEqualTo(rules.confirmLevel());
                final int sign = ruling.verdict() == Verdict.REGRESSED ? 1 : -1;
                assertThat(sign * estimate.effect()).isGreaterThanOrEqualTo(THRESHOLD);
            }
            case UNCHANGED -> {
                assertThat(inside).isTrue();
                assertThat(ruling.agentsDisagree()).isFalse();
            }
            case SUSPECT -> {
                assertThat(ruling.candidate() || ruling.agentsDisagree()).isTrue();
                assertThat(!inside || ruling.agentsDisagree()).isTrue();
                if (ruling.phase() == Phase.CONFIRM && !ruling.agentsDisagree()) {
                    assertThat(estimate.effectLow() < 0 && estimate.effectHigh() > 0)
                            .isFalse();
                    assertThat(Math.abs(estimate.effect())).isGreaterThanOrEqualTo(THRESHOLD);
                }
            }
            case INCONCLUSIVE -> {
                if (ruling.candidate()) {
                    assertThat(ruling.phase()).isEqualTo(Phase.CONFIRM);
                    final boolean mayBeNothing = estimate.effectLow() < 0 && estimate.effectHigh() > 0;
                    assertThat(mayBeNothing || Math.abs(estimate.effect()) < THRESHOLD)
                            .isTrue();
                }
                assertThat(complete && (inside || ruling.agentsDisagree())).isFalse();
                assertThat(ruling.pairsToDecide()).isPositive();
            }
            default -> throw new AssertionError("a cell can not be " + ruling.verdict());
        }
        if (ruling.verdict() != Verdict.INCONCLUSIVE) {
            assertThat(ruling.pairsToDecide()).isZero();
        }
    }

    @Property
    void swappingTheSidesSwapsTheVerdict(
            @ForAll("rules") final MeasuringRules rules,
            @ForAll("pairs") final List<Reading> screen,
            @ForAll("pairs") final List<Reading> confirm) {
        final CellJudge judge = new CellJudge(rules);
        final Next next = judge.next(Better.LOWER, screen, confirm, THRESHOLD);
        final Next swapped = judge.next(Better.LOWER, swapped(screen), swapped(confirm), THRESHOLD);
        assertSameBut(next, swapped, Set.of(Verdict.REGRESSED, Verdict.IMPROVED));
        final Next higher = judge.next(Better.HIGHER, swapped(screen), swapped(confirm), THRESHOLD);
        assertSameBut(next, higher, Set.of());
    }

    private static List<Reading> swapped(final List<Reading> readings) {
        return readings.stream()
                .map(reading -> new Reading(reading.agent(), 0 - reading.effect()))
                .toList();
    }

    private static void assertSameBut(final Next next, final Next other, final Set<Verdict> exchanged) {
        if (!(next instanceof Next.Ruled ruled)) {
            assertThat(other).isEqualTo(next);
            return;
        }
        final Ruling here = ruled.ruling();
        final Ruling there = ((Next.Ruled) other).ruling();
        if (exchanged.contains(here.verdict())) {
            assertThat(exchanged).contains(there.verdict());
            assertThat(there.verdict()).isNotEqualTo(here.verdict());
        } else {
            assertThat(there.verdict()).isEqualTo(here.verdict());
        }
        assertThat(there.candidate()).isEqualTo(here.candidate());
        assertThat(there.estimate().effect()).isEqualTo(0 - here.estimate().effect());
        assertThat(there.estimate().effectLow()).isEqualTo(0 - here.estimate().effectHigh());
        assertThat(there.estimate().p()).isEqualTo(here.estimate().p());
        assertThat(there.pairsToDecide()).isEqualTo(here.pairsToDecide());
    }

    @Property
    void askingAfterEveryPairGivesTheRulingOfAskingOnce(
            @ForAll("rules") final MeasuringRules rules,
            @ForAll("pairs") final List<Reading> screen,
            @ForAll("pairs") final List<Reading> confirm) {
        final CellJudge judge = new CellJudge(rules);
        final Next once = judge.next(Better.LOWER, screen, confirm, THRESHOLD);
        for (int pairs = 0; pairs <= screen.size() + confirm.size(); pairs++) {
            final int screened = Math.min(pairs, screen.size());
            final Next now = judge.next(
                    Better.LOWER, screen.subList(0, screened), confirm.subList(0, pairs - screened), THRESHOLD);
            if (now instanceof Next.Ruled) {
                assertThat(now).isEqualTo(once);
                return;
            }
        }
        assertThat(once).isInstanceOf(Next.More.class);
    }

    @Property
    void sizeOfTheUnitDoesNotMatter(
            @ForAll("pairs") final List<Reading> screen, @ForAll("pairs") final List<Reading> confirm) {
        final CellJudge judge = new CellJudge(MeasuringRules.standard());
        final double unit = 1.0 / 128;
        final Next next = judge.next(Better.LOWER, screen, confirm, THRESHOLD);
        final Next scaled = judge.next(Better.LOWER, scaled(screen, unit), scaled(confirm, unit), THRESHOLD * unit);
        if (next instanceof Next.Ruled ruled) {
            final Ruling ruling = ((Next.Ruled) scaled).ruling();
            assertThat(ruling.verdict()).isEqualTo(ruled.ruling().verdict());
            assertThat(ruling.resolution()).isEqualTo(ruled.ruling().resolution() * unit);
            assertThat(ruling.pairsToDecide()).isEqualTo(ruled.ruling().pairsToDecide());
        } else {
            assertThat(scaled).isEqualTo(next);
        }
    }

    private static List<Reading> scaled(final List<Reading> readings, final double unit) {
        return readings.stream()
                .map(reading -> new Reading(reading.agent(), reading.effect() * unit))
                .toList();
    }

    @Property(tries = 200)
    void settlingOnlyEverDemotesChangesToSuspect(@ForAll("experiments") final List<Ruling> rulings) {
        final List<Ruling> settled = new CellJudge(MeasuringRules.standard()).settle(rulings);
        assertThat(settled).hasSameSizeAs(rulings);
        for (int i = 0; i < rulings.size(); i++) {
            final Ruling before = rulings.get(i);
            final Ruling after = settled.get(i);
            final boolean changed = before.verdict() == Verdict.REGRESSED || before.verdict() == Verdict.IMPROVED;
            final boolean holds = after.estimate().q() <= 0.05;
            assertThat(after.verdict()).isEqualTo(changed && !holds ? Verdict.SUSPECT : before.verdict());
            assertThat(after.estimate().p()).isEqualTo(before.estimate().p());
            assertThat(after.estimate().q())
                    .isGreaterThanOrEqualTo(before.estimate().q());
        }
    }

    @Provide
    Arbitrary<List<Ruling>> experiments() {
        final CellJudge judge = new CellJudge(MeasuringRules.standard());
        return Combinators.combine(pairs(), pairs())
                .as((screen, confirm) -> judge.stopped(Better.LOWER, screen, confirm, THRESHOLD))
                .filter(Optional::isPresent)
                .map(Optional::orElseThrow)
                .list()
                .ofMaxSize(12)
                .map(ArrayList::new);
    }
}
