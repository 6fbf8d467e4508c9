package dev.maar.coordinator.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maar.agent.job.AgentFacts;
import dev.maar.agent.job.CellKey;
import dev.maar.agent.measure.Budget;
import dev.maar.agent.stats.Metric;
import dev.maar.coordinator.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationStoreTest {

    private static final CellKey CELL = new CellKey("app", "loop", Map.of("transport", "local"));
    private static final CellKey OTHER = new CellKey("app", "loop", Map.of("transport", "shm"));

    @TempDir
    Path state;

    private static CaseNoise noise(final String machine, final double effect) {
        return new CaseNoise(
                machine,
                Budget.QUICK.label(),
                CELL,
                "2026-01-02T03:04:05Z",
                Map.of("time", Collections.nCopies(24, effect)),
                Map.of("other processes", 3),
                27);
    }

    @Test
    void whatWasKeptIsFoundForItsMachineBudgetAndCaseAlone() throws Exception {
        final CalibrationStore store = new CalibrationStore(state);
        store.keep(noise("here", 0.5));
        store.keep(noise("here", 0.02));

        assertThat(store.find("here", Budget.QUICK, CELL)).contains(noise("here", 0.02));
        assertThat(store.find("there", Budget.QUICK, CELL)).isEmpty();
        assertThat(store.find("here", Budget.STANDARD, CELL)).isEmpty();
        assertThat(store.find("here", Budget.QUICK, OTHER)).isEmpty();
        try (var files = Files.list(state.resolve("calibrations"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aThresholdSaysWhereItComesFrom() throws Exception {
        final CalibrationStore store = new CalibrationStore(state);
        store.keep(noise("here", 0.02));

        final Map<String, Plan.Threshold> thresholds = store.thresholds("here", Budget.QUICK, CELL);
        assertThat(thresholds)
                .containsExactly(Map.entry(
                        "time", new Plan.Threshold(1.3 * 0.02, "calibrated 2026-01-02 by 24 pairs of equal sides")));
        assertThat(store.thresholds("here", Budget.QUICK, OTHER)).isEmpty();
    }

    @Test
    void aDamagedFileIsNamed() throws Exception {
        final CalibrationStore store = new CalibrationStore(state);
        store.keep(noise("here", 0.02));
        final Path file;
        try (var files = Files.list(state.resolve("calibrations"))) {
            file = files.findFirst().orElseThrow();
        }
        Files.writeString(file, "{");

        assertThatThrownBy(() -> store.find("here", Budget.QUICK, CELL))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("delete it and calibrate again");
    }

    @Test
    void anotherMachineOrJdkIsAnotherMachine() {
        final AgentFacts here =
                new AgentFacts("local", "here", "a CPU", 2, 1L << 30, "Linux", "6", List.of("17"), "none");
        final AgentFacts newer =
                new AgentFacts("local", "here", "a CPU", 2, 1L << 30, "Linux", "6", List.of("25"), "none");
        final AgentFacts patched =
                new AgentFacts("other", "here", "a CPU", 2, 1L << 30, "Linux", "7", List.of("17"), "none");

        assertThat(CalibrationStore.machine(here))
                .isNotEqualTo(CalibrationStore.machine(newer))
                .isEqualTo(CalibrationStore.machine(patched));
    }

    @Test
    void theTableFitsTheScreenAndSaysWhatSpoiltThePairs() {
        final CalibrationReport report = CalibrationReport.of(Budget.QUICK, List.of(noise("here", 0.02)));

        assertThat(report.cells()).singleElement().satisfies(row -> {
            assertThat(row.metric()).isEqualTo(Metric.TIME.label());
            assertThat(row.pairs()).isEqualTo(24);
            assertThat(row.sd()).isZero();
            assertThat(row.bias()).isEqualTo(Math.expm1(0.02));
        });
        assertThat(report.lines()).allMatch(line -> line.length() <= 100).anyMatch(line -> line.contains("+2.02 %"));
        assertThat(report.lines()).contains("What disturbed 27 pairs: other processes 3.");
    }
}
