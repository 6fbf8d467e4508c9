package dev.maar.agent.stats.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.job.Verdict;
import dev.maar.agent.stats.MeasuringRules;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The short version of the tables in METHOD.md: the shipped decision code on simulated machines, always the same. */
final class SimulationTest {

    private static final long SEED = 8;

    static List<Noise> machines() {
        return Noise.ALL;
    }

    @ParameterizedTest
    @MethodSource("machines")
    void equalSidesAreHardlyEverCalledAndFarLessOftenThanByOtherRules(final Noise noise) {
        final Tally tally = simulation(noise).run(0, 40).same();
        assertThat(tally.cells()).isEqualTo(800);
        assertThat(tally.alarms()).isLessThan(0.01);
        assertThat(tally.share(Rival.SIGN_OF_MEDIAN)).isBetween(0.4, 0.6);
        assertThat(tally.share(Rival.POOLED_MANN_WHITNEY)).isGreaterThan(10 * 0.01);
    }

    @ParameterizedTest
    @MethodSource("machines")
    void tenPercentIsFoundAndTheUnchangedCellsBesideItAreNotCalled(final Noise noise) {
        final Simulation.Outcome outcome = simulation(noise).run(0.10, 40);
        assertThat(outcome.changed().cells()).isEqualTo(200);
        assertThat(outcome.changed().share(Verdict.REGRESSED)).isGreaterThan(0.95);
        assertThat(outcome.same().alarms()).isLessThan(0.01);
    }

    @ParameterizedTest
    @MethodSource("machines")
    void tenPercentFasterIsImprovedAndNeverRegressed(final Noise noise) {
        final Tally tally = simulation(noise).run(1 / 1.1 - 1, 20).changed();
        assertThat(tally.share(Verdict.IMPROVED)).isGreaterThan(0.95);
        assertThat(tally.share(Verdict.REGRESSED)).isZero();
    }

    private static Simulation simulation(final Noise noise) {
        return new Simulation(MeasuringRules.standard(), noise, SEED);
    }
}
