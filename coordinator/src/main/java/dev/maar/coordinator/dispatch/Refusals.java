package dev.maar.coordinator.dispatch;

import dev.maar.agent.lease.RefusedException;
import java.util.EnumMap;
import java.util.Map;

/** Counts what was not believed, by reason. Safe for several threads. */
final class Refusals {

    private final Map<RefusedException.Reason, Long> counts = new EnumMap<>(RefusedException.Reason.class);

    synchronized void count(final RefusedException.Reason reason) {
        counts.merge(reason, 1L, Long::sum);
    }

    synchronized Map<RefusedException.Reason, Long> counts() {
        return Map.copyOf(counts);
    }
}
