package dev.maar.agent.fork;

import java.util.Map;

/**
 * What a fork says of one run.
 *
 * @param operations how many operations it ran
 * @param nanos how long they took, by its own clock
 * @param allocatedBytes what all threads allocated meanwhile; -1 when not known
 * @param cpuNanos its CPU time meanwhile, as it knows it; -1 when not known
 * @param latencyNs how many of the operations took so many nanoseconds; empty when the jig records no latencies
 */
public record RunReply(long operations, long nanos, long allocatedBytes, long cpuNanos, Map<Long, Long> latencyNs) {
    /** Copies the map. */
    public RunReply {
        latencyNs = Map.copyOf(latencyNs);
    }
}
