package dev.maar.coordinator.store;

import dev.maar.coordinator.plan.Plan;
import java.nio.file.Path;
import java.time.Instant;

/**
 * An experiment as it is kept.
 *
 * @param request what was asked for, as the user wrote it
 * @param plan what it does
 * @param folder where its report goes
 * @param state how far it is
 * @param priority whose jobs go first: the higher
 * @param createdAt when it was asked for, to the millisecond
 */
public record StoredExperiment(
        String request, Plan plan, Path folder, ExperimentState state, int priority, Instant createdAt) {}
