package dev.maar.coordinator.dispatch;

import dev.maar.agent.lease.Leased;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which leases go on, told by whether their renewals are seen to rise, on this process's monotonic clock. No two clocks are compared, and
 * nobody who sets a clock makes a lease end. For one thread.
 */
final class Watch {

    private final long leaseNanos;
    private final Map<String, Seen> seen = new HashMap<>();

    Watch(final Duration lease) {
        this.leaseNanos = lease.toNanos();
    }

    private record Seen(String owner, long token, long renewals, long sinceNanos) {}

    /** A job was handed out. */
    void add(final String job, final String owner, final long token, final long nowNanos) {
        seen.put(job, new Seen(owner, token, -1, nowNanos));
    }

    /** The job is no longer anybody's. */
    void remove(final String job) {
        seen.remove(job);
    }

    /** Whether an agent has a job. */
    boolean holds(final String agent) {
        return seen.values().stream().anyMatch(lease -> lease.owner().equals(agent));
    }

    /** Whether somebody has the job. */
    boolean has(final String job) {
        return seen.containsKey(job);
    }

    /** The token under which a job is handed out; 0 when it is not. */
    long token(final String job) {
        final Seen lease = seen.get(job);
        return lease == null ? 0 : lease.token();
    }

    /** Whether nobody has anything. */
    boolean isEmpty() {
        return seen.isEmpty();
    }

    /** All jobs that somebody has. */
    Set<String> jobs() {
        return Set.copyOf(seen.keySet());
    }

    /** The jobs that an agent has. */
    Iterable<String> of(final String agent) {
        return seen.entrySet().stream()
                .filter(entry -> entry.getValue().owner().equals(agent))
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Looks at all leases.
     *
     * @param there the leases as the cluster has them now
     * @param nowNanos the time
     * @return the jobs whose leases have not been renewed for too long, with the tokens they were handed out under
     */
    Map<String, Long> overdue(final Map<String, Leased> there, final long nowNanos) {
        final Map<String, Long> overdue = new HashMap<>();
        for (final Map.Entry<String, Seen> entry : seen.entrySet()) {
            final Seen before = entry.getValue();
            final Leased now = there.get(entry.getKey());
            if (now != null && now.token() == before.token() && now.renewals() != before.renewals()) {
                entry.setValue(new Seen(before.owner(), before.token(), now.renewals(), nowNanos));
            } else if (nowNanos - before.sinceNanos() > leaseNanos) {
                overdue.put(entry.getKey(), before.token());
            }
        }
        return overdue;
    }
}
