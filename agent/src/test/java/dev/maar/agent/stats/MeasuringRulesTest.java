package dev.maar.agent.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.maar.agent.stats.MeasuringRules.Look;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MeasuringRulesTest {

    @Test
    void standardRulesAreTheMethods() {
        assertThat(MeasuringRules.standard())
                .isEqualTo(new MeasuringRules(
                        0.90,
                        0.5,
                        List.of(new Look(8, 0.10), new Look(16, 0.05)),
                        1.0 / 3,
                        List.of(new Look(16, 0.6), new Look(32, 0.4)),
                        0.01,
                        0.01,
                        0.05,
                        1.3,
                        0.95,
                        20,
                        0.01,
                        1,
                        5,
                        1,
                        0.01));
    }

    @Test
    void ofASecondaryMetricOnlyAClearChangeIsACandidate() {
        final MeasuringRules secondary = MeasuringRules.standard().secondary();

        assertThat(secondary.candidateShare()).isEqualTo(1);
        assertThat(secondary.screen()).containsExactly(new Look(8, 0.01), new Look(16, 0.01));
        assertThat(secondary.confirm()).isEqualTo(MeasuringRules.standard().confirm());
        assertThat(secondary.secondary()).isEqualTo(secondary);
    }

    @Test
    void budgetsDifferInTheirLooksOnly() {
        assertThat(MeasuringRules.quick().screen()).containsExactly(new Look(8, 0.02));
        assertThat(MeasuringRules.quick().confirm()).containsExactly(new Look(8, 0.6), new Look(16, 0.4));
        assertThat(MeasuringRules.quick().earlyLevel())
                .isEqualTo(MeasuringRules.standard().earlyLevel());
    }

    @Test
    void looksThatDoNotGrowOrSpendMoreThanThereIsAreRefused() {
        assertRefused(List.of(), List.of(new Look(16, 1)));
        assertRefused(List.of(new Look(8, 0.1), new Look(8, 0.05)), List.of(new Look(16, 1)));
        assertRefused(List.of(new Look(8, 0.1)), List.of());
        assertRefused(List.of(new Look(8, 0.1)), List.of(new Look(16, 0.6), new Look(32, 0.5)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Look(0, 0.1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Look(8, 0));
    }

    private static void assertRefused(final List<Look> screen, final List<Look> confirm) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MeasuringRules(
                        0.9, 0.5, screen, 0.3, confirm, 0.01, 0.05, 0.05, 1.3, 0.95, 20, 0.01, 1, 5, 1, 0.01));
    }
}
