package dev.maar.coordinator.inner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class GlanceTest {

    private static final double THRESHOLD = 0.03;

    @Test
    void pairsOfOneMindThatReachTheThresholdLookChanged() {
        assertThat(looks(0.10, 0.08)).isEqualTo(Glance.Looks.SLOWER);
        assertThat(looks(-0.10, -0.08)).isEqualTo(Glance.Looks.FASTER);
        assertThat(looks(0.01, 0.06)).as("3.5 %% in the middle").isEqualTo(Glance.Looks.SLOWER);
    }

    @Test
    void pairsWithinTheThresholdLookUnchanged() {
        assertThat(looks(0.02, -0.02)).isEqualTo(Glance.Looks.UNCHANGED);
        assertThat(looks(0.029, 0.029)).isEqualTo(Glance.Looks.UNCHANGED);
    }

    @Test
    void pairsThatDisagreeAreNotClear() {
        assertThat(looks(0.20, -0.01)).isEqualTo(Glance.Looks.UNCLEAR);
        assertThat(looks(0.035, 0.001))
                .as("one reaches it, both together do not")
                .isEqualTo(Glance.Looks.UNCLEAR);
    }

    @Test
    void itsWordsSayThatItIsNoVerdict() {
        assertThat(Glance.at(new double[] {Math.log(1.10), Math.log(1.08)}, THRESHOLD)
                        .words())
                .isEqualTo("looks slower, +9.0 % (no verdict yet; pairs +10.0, +8.0)");
    }

    private static Glance.Looks looks(final double... effects) {
        return Glance.at(effects, THRESHOLD).looks();
    }
}
