package dev.maar.coordinator.plan;

import dev.maar.agent.job.CellKey;
import dev.maar.agent.measure.Budget;
import java.io.IOException;
import java.util.Map;

/** Knows from when on a difference of a case matters, where it was calibrated. */
@FunctionalInterface
public interface Thresholds {

    /** Of a machine that was never calibrated. */
    Thresholds NONE = (cell, budget) -> Map.of();

    /**
     * The thresholds of a case.
     *
     * @param cell the case
     * @param budget how its pairs are run
     * @return the threshold by metric; empty when the case was never calibrated
     * @throws IOException when what was calibrated can not be read
     */
    Map<String, Plan.Threshold> of(CellKey cell, Budget budget) throws IOException;
}
