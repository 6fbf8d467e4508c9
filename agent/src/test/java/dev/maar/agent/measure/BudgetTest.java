package dev.maar.agent.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maar.agent.job.PairSettings;
import dev.maar.agent.stats.MeasuringRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BudgetTest {

    @ParameterizedTest
    @EnumSource(Budget.class)
    void aBudgetIsFoundByItsName(final Budget budget) {
        assertThat(Budget.of(budget.label())).isEqualTo(budget);
    }

    @Test
    void anUnknownBudgetIsToldWhichThereAre() {
        assertThatThrownBy(() -> Budget.of("huge"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'huge'")
                .hasMessageContaining("quick, standard, thorough");
    }

    @Test
    void moreBudgetBuysMoreMeasuring() {
        assertThat(measured(Budget.QUICK)).isLessThan(measured(Budget.STANDARD));
        assertThat(measured(Budget.STANDARD)).isLessThan(measured(Budget.THOROUGH));
    }

    @Test
    void looksAreTheScheduledSizes() {
        assertThat(Budget.STANDARD.rules().screen())
                .extracting(MeasuringRules.Look::pairs)
                .containsExactly(8, 16);
        assertThat(Budget.STANDARD.rules().confirm())
                .extracting(MeasuringRules.Look::pairs)
                .containsExactly(16, 32);
        assertThat(Budget.QUICK.rules().confirm())
                .extracting(MeasuringRules.Look::pairs)
                .containsExactly(8, 16);
    }

    /** A frozen side waits for the slices of the other: they must stay far below what its timers bear. */
    @ParameterizedTest
    @EnumSource(Budget.class)
    void slicesAreFarShorterThanAFreezeMayBe(final Budget budget) {
        assertThat(budget.settings().sliceNanos()).isLessThan(LockStep.FREEZE_LIMIT.toNanos() / 20);
    }

    private static long measured(final Budget budget) {
        final PairSettings settings = budget.settings();
        return settings.rounds() * settings.sliceNanos();
    }
}
