package dev.maar.coordinator.dispatch;

import dev.maar.agent.job.JobResult;
import dev.maar.agent.job.JobSpec;
import dev.maar.agent.job.PairObservation;
import dev.maar.agent.job.Phase;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which agents measured the screen of what, so that others confirm it: what one machine sees may be the machine's. For one thread. */
final class Screens {

    /** By experiment and measurement. */
    private final Map<String, Map<String, Set<String>>> agents = new HashMap<>();

    /** A result that counts. */
    void saw(final String experiment, final JobResult result) {
        if (result instanceof final JobResult.Paired paired) {
            for (final PairObservation observation : paired.observations()) {
                if (observation.plan().phase() == Phase.SCREEN) {
                    agents.computeIfAbsent(experiment, unused -> new HashMap<>())
                            .computeIfAbsent(observation.measurement(), unused -> new HashSet<>())
                            .add(observation.agent());
                }
            }
        }
    }

    /** Who measured the screen that a job is to confirm; nobody when it confirms nothing. */
    Set<String> before(final JobSpec job) {
        return job instanceof final JobSpec.Pairs pairs
                        && pairs.pairs().stream().anyMatch(pair -> pair.phase() == Phase.CONFIRM)
                ? Set.copyOf(
                        agents.getOrDefault(job.experiment(), Map.of()).getOrDefault(pairs.measurement(), Set.of()))
                : Set.of();
    }

    void end(final String experiment) {
        agents.remove(experiment);
    }
}
