package dev.maar.coordinator.dispatch;

import dev.maar.agent.job.AgentFacts;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Chooses what an idle agent does next, one job at a time, so that nobody waits for what is running but for a job's length:
 *
 * <ol>
 *   <li>The experiment of the highest priority goes first: a pull request overtakes a nightly sweep.
 *   <li>Among equals, the one that has been given the least time so far, so that none waits for all of another.
 *   <li>Within an experiment, what was taken back from an agent, as all else has waited for it; then what has no place to keep, longest
 *       first (Graham 1969: that list is done within 4/3 of the shortest time), then the others as they came.
 *   <li>A confirmation goes to an agent that had no part in its screen, as long as there is one; after a while to anybody.
 * </ol>
 *
 * Knows no clock but the one it is told, and no agent but the one that asks. For one thread.
 */
final class Scheduler {

    /** How long a confirmation waits for an agent that did not measure the screen. */
    private static final long SPREAD_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** What a job is taken to be given of which nothing is known: else an experiment of such would be owed everything for ever. */
    private static final double ASSUMED_MILLIS = 60_000;

    private static final Comparator<Waiting> ORDER = Comparator.comparing((Waiting waiting) -> !waiting.again())
            .thenComparing(waiting -> waiting.task().ordered())
            .thenComparing(
                    waiting -> waiting.task().ordered() ? 0.0 : -waiting.task().expectedMillis())
            .thenComparing(Waiting::number);

    private final Map<String, Share> shares = new LinkedHashMap<>();
    private final Map<String, Waiting> waiting = new HashMap<>();
    private long numbers;

    /** A job that nobody has. */
    private record Waiting(Task task, boolean again, long number, long sinceNanos) {}

    /** An experiment and what waits of it, by what it needs of an agent. */
    private static final class Share {
        private final int priority;
        private final Map<Needs, NavigableSet<Waiting>> groups = new LinkedHashMap<>();
        private double givenMillis;

        Share(final int priority, final double givenMillis) {
            this.priority = priority;
            this.givenMillis = givenMillis;
        }
    }

    /** An experiment begins. It is owed nothing for the time before. */
    void begin(final String experiment, final int priority) {
        final double least = shares.values().stream()
                .filter(share -> share.priority == priority)
                .mapToDouble(share -> share.givenMillis)
                .min()
                .orElse(0);
        shares.putIfAbsent(experiment, new Share(priority, least));
    }

    /** An experiment ends; what waits of it is forgotten. */
    void end(final String experiment) {
        final Share share = shares.remove(experiment);
        if (share != null) {
            share.groups
                    .values()
                    .forEach(group ->
                            group.forEach(each -> waiting.remove(each.task().job())));
        }
    }

    /** A job that has not been handed out, or was and is to be again. */
    void add(final Task task, final boolean again, final long nowNanos) {
        final Share share = shares.get(task.experiment());
        if (share != null) {
            remove(task.job());
            final Waiting one = new Waiting(task, again, numbers++, nowNanos);
            waiting.put(task.job(), one);
            share.groups
                    .computeIfAbsent(task.needs(), unused -> new TreeSet<>(ORDER))
                    .add(one);
        }
    }

    /** A job that is done, or handed out. */
    void remove(final String job) {
        final Waiting one = waiting.remove(job);
        final Share share = one == null ? null : shares.get(one.task().experiment());
        if (one != null && share != null) {
            final NavigableSet<Waiting> group = share.groups.get(one.task().needs());
            if (group != null && group.remove(one) && group.isEmpty()) {
                share.groups.remove(one.task().needs());
            }
        }
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /**
     * The job for an agent, which counts as handed out from now on.
     *
     * @param agent the agent
     * @param others whether there is an agent that is none of these, and would do
     * @param nowNanos the time
     */
    Optional<Task> next(final AgentFacts agent, final Predicate<Task> others, final long nowNanos) {
        final List<Share> order = shares.values().stream()
                .filter(share -> !share.groups.isEmpty())
                .sorted(Comparator.comparingInt((Share share) -> -share.priority)
                        .thenComparingDouble(share -> share.givenMillis))
                .toList();
        for (final Share share : order) {
            final Optional<Waiting> best = share.groups.entrySet().stream()
                    .filter(group -> group.getKey().areMetBy(agent))
                    .flatMap(group -> group.getValue().stream()
                            .filter(one -> isFor(one, agent, others, nowNanos))
                            .limit(1))
                    .min(ORDER);
            if (best.isPresent()) {
                final Task task = best.get().task();
                remove(task.job());
                share.givenMillis += task.expectedMillis() == Task.UNKNOWN ? ASSUMED_MILLIS : task.expectedMillis();
                return Optional.of(task);
            }
        }
        return Optional.empty();
    }

    private static boolean isFor(
            final Waiting one, final AgentFacts agent, final Predicate<Task> others, final long nowNanos) {
        return !one.task().screenedBy().contains(agent.id())
                || nowNanos - one.sinceNanos() >= SPREAD_NANOS
                || !others.test(one.task());
    }
}
