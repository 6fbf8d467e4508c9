package dev.maar.agent.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.job.CellKey;
import dev.maar.agent.job.PairPlan;
import dev.maar.agent.job.Phase;
import dev.maar.agent.job.SideName;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final CellKey CELL = new CellKey("hub", "fan-in", Map.of("transport", "shm"));

    private static List<PairPlan> draw(final long seed, final int pairs, final int rounds) {
        return Schedule.draw(seed, CELL, "aaaa", "bbbb", Phase.SCREEN, 1, pairs, rounds);
    }

    private static long startingWithA(final List<SideName> sides) {
        return sides.stream().filter(side -> side == SideName.A).count();
    }

    @Property(tries = 200)
    void anyEvenNumberOfPairsFromTheStartIsBalanced(
            @ForAll final long seed, @ForAll @IntRange(min = 1, max = 20) final int half) {
        final List<SideName> first =
                draw(seed, 2 * half, 2).stream().map(PairPlan::first).toList();

        assertThat(startingWithA(first)).isEqualTo(half);
    }

    @Property(tries = 200)
    void theRoundsOfAPairAreBalanced(@ForAll final long seed, @ForAll @IntRange(max = 40) final int rounds) {
        final PairPlan plan = draw(seed, 1, rounds).get(0);

        assertThat(plan.roundFirst()).hasSize(rounds);
        assertThat(2 * startingWithA(plan.roundFirst()) - rounds).isBetween(-1L, 1L);
    }

    @Property(tries = 100)
    void aLongerScheduleBeginsWithTheShorterOne(
            @ForAll final long seed, @ForAll @IntRange(min = 1, max = 16) final int pairs) {
        assertThat(draw(seed, 32, 10).subList(0, pairs)).isEqualTo(draw(seed, pairs, 10));
    }

    @Test
    void everythingThatNamesTheMeasurementChangesTheSchedule() {
        final List<PairPlan> plans = draw(7, 8, 20);
        final CellKey otherCase = new CellKey("hub", "fan-in", Map.of("transport", "udp"));
        final CellKey otherJig = new CellKey("hub", "fan-out", Map.of("transport", "shm"));
        final CellKey otherAdopter = new CellKey("bus", "fan-in", Map.of("transport", "shm"));

        assertThat(draw(7, 8, 20)).isEqualTo(plans);
        assertThat(draw(8, 8, 20)).isNotEqualTo(plans);
        for (final CellKey cell : List.of(otherCase, otherJig, otherAdopter)) {
            assertThat(Schedule.draw(7, cell, "aaaa", "bbbb", Phase.SCREEN, 1, 8, 20))
                    .isNotEqualTo(plans);
        }
        assertThat(Schedule.draw(7, CELL, "aaab", "bbbb", Phase.SCREEN, 1, 8, 20))
                .isNotEqualTo(plans);
        assertThat(Schedule.draw(7, CELL, "aaaa", "bbbc", Phase.SCREEN, 1, 8, 20))
                .isNotEqualTo(plans);
        assertThat(Schedule.draw(7, CELL, "aaaa", "bbbb", Phase.SCREEN, 2, 8, 20))
                .isNotEqualTo(plans);
        assertThat(Schedule.draw(7, CELL, "aaaa", "bbbb", Phase.CONFIRM, 1, 8, 20))
                .extracting(PairPlan::roundFirst)
                .isNotEqualTo(plans.stream().map(PairPlan::roundFirst).toList());
    }

    @Test
    void eachPairHasAnOrderOfItsOwn() {
        assertThat(draw(7, 8, 20)).extracting(PairPlan::roundFirst).doesNotHaveDuplicates();
        assertThat(draw(7, 8, 20)).extracting(PairPlan::index).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    /** A schedule that was stored must be drawn again on any later version: these sides are part of the format. */
    @Test
    void theDrawIsWhatItAlwaysWas() {
        final StringBuilder drawn = new StringBuilder();
        draw(42, 4, 8).forEach(plan -> {
            drawn.append(plan.first().label()).append(':');
            plan.roundFirst().forEach(side -> drawn.append(side.label()));
            drawn.append(' ');
        });
        assertThat(drawn).hasToString("b:aabbabab a:bababbaa b:aabbaabb a:aaaabbbb ");
    }

    @Property(tries = 50)
    void numbersBelowABoundAreAllReached(
            @ForAll final long seed, @ForAll @IntRange(min = 1, max = 10) final int bound) {
        final Draw draw = new Draw(Long.toString(seed));
        final boolean[] seen = new boolean[bound];
        for (int i = 0; i < 40 * bound; i++) {
            seen[draw.below(bound)] = true;
        }
        assertThat(seen).doesNotContain(false);
    }
}
