package dev.maar.coordinator.calibration;

import dev.maar.agent.job.AgentFacts;
import dev.maar.agent.job.CellKey;
import dev.maar.agent.job.JobJson;
import dev.maar.agent.measure.Budget;
import dev.maar.agent.source.ContentHash;
import dev.maar.agent.stats.Calibration;
import dev.maar.agent.stats.MeasuringRules;
import dev.maar.agent.stats.Metric;
import dev.maar.coordinator.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The calibrations of a state folder: a file for each machine with its JDK, budget and case, replaced in one step. Safe for use by several
 * processes.
 */
public final class CalibrationStore {

    private final Path folder;
    private final JobJson json = new JobJson();

    /**
     * The calibrations in a state folder.
     *
     * @param state the state folder, such as {@code .maar}
     */
    public CalibrationStore(final Path state) {
        this.folder = state.resolve("calibrations");
    }

    /**
     * Names a machine with its JDK: noise measured on one says nothing of another.
     *
     * @param agent the agent's facts
     * @return a hash of what makes it another machine
     */
    public static String machine(final AgentFacts agent) {
        return new ContentHash()
                .with("name", agent.name())
                .with("cpu", agent.cpu())
                .with("cores", agent.cores())
                .with("memory", agent.memoryBytes())
                .with("jdks", agent.jdks().stream().limit(1).toList())
                .hex();
    }

    /**
     * Keeps a case's noise, in place of an earlier one's.
     *
     * @param noise the noise
     * @throws IOException when it can not be written
     */
    public void keep(final CaseNoise noise) throws IOException {
        final Path file = file(noise.machine(), noise.budget(), noise.cell());
        Files.createDirectories(folder);
        final Path fresh = Files.createTempFile(folder, "calibration", ".new");
        try {
            Files.writeString(fresh, json.write(noise) + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /**
     * Finds a case's noise.
     *
     * @param machine the machine
     * @param budget the budget
     * @param cell the case
     * @return what was kept of it
     * @throws IOException when it can not be read; says which file to delete
     */
    public Optional<CaseNoise> find(final String machine, final Budget budget, final CellKey cell) throws IOException {
        final Path file = file(machine, budget.label(), cell);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(json.read(Files.readString(file), CaseNoise.class));
        } catch (final IllegalArgumentException e) {
            throw new IOException(file + " is damaged (" + e.getMessage() + "); delete it and calibrate again", e);
        }
    }

    /**
     * The thresholds of a case on a machine that was calibrated.
     *
     * @param machine the machine
     * @param budget the budget
     * @param cell the case
     * @return the threshold by metric; empty when the case was never calibrated there
     * @throws IOException when what was kept can not be read
     */
    public Map<String, Plan.Threshold> thresholds(final String machine, final Budget budget, final CellKey cell)
            throws IOException {
        final Map<String, Plan.Threshold> thresholds = new LinkedHashMap<>();
        final Optional<CaseNoise> noise = find(machine, budget, cell);
        if (noise.isPresent()) {
            for (final Metric metric : Metric.judged()) {
                if (noise.get().of(metric.label()).length > 0) {
                    thresholds.put(metric.label(), threshold(noise.get(), metric, budget.rules()));
                }
            }
        }
        return thresholds;
    }

    /**
     * The threshold that follows from a case's noise, for the pairs of the screen's first look, which are the fewest that decide.
     *
     * @param noise the noise
     * @param metric the metric
     * @param rules the rules that are decided by
     * @return the threshold
     */
    public static Plan.Threshold threshold(final CaseNoise noise, final Metric metric, final MeasuringRules rules) {
        final double[] effects = noise.of(metric.label());
        final int pairs = rules.screen().get(0).pairs();
        return new Plan.Threshold(
                Calibration.ofPairs(metric, effects, pairs, rules),
                "calibrated "
                        + noise.measuredAt()
                                .substring(0, Math.min(10, noise.measuredAt().length())) + " by " + effects.length
                        + " pairs of equal sides");
    }

    private Path file(final String machine, final String budget, final CellKey cell) {
        final String name = new ContentHash()
                .with("machine", machine)
                .with("budget", budget)
                .with("cell", cell.id())
                .hex();
        return folder.resolve(name.substring(0, 24) + ".json");
    }
}
