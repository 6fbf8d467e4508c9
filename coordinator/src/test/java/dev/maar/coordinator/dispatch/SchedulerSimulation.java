package dev.maar.coordinator.dispatch;

import dev.maar.agent.job.AgentFacts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/**
 * A farm on a virtual clock, around the scheduler that ships: agents that take as long as jobs last, and may be lost. Jobs' lengths are
 * drawn from a log-normal distribution (median 60 s, the longest some hundred times that); what the scheduler knows of a length is
 * wrong by a factor that is drawn too, and for some nothing is known. For one thread.
 */
final class SchedulerSimulation {

    private static final double MEDIAN_MILLIS = 60_000;
    private static final double SIGMA = 0.8;
    private static final double SIGMA_OF_ESTIMATES = 0.3;
    private static final double UNKNOWN_SHARE = 0.05;
    private static final double LEASE_MILLIS = 15_000;
    private static final Needs ANY = new Needs(false, Set.of());

    private final Random random;
    private final Scheduler scheduler = new Scheduler();
    private final PriorityQueue<Happening> future = new PriorityQueue<>();
    private final Deque<AgentFacts> idle = new ArrayDeque<>();
    private final Map<String, Double> lengths = new HashMap<>();
    private final Map<String, Task> tasks = new HashMap<>();
    private final Map<String, Running> running = new HashMap<>();
    private final Map<String, Outcome> outcomes = new HashMap<>();
    private final List<String> lost = new ArrayList<>();
    private double now;
    private long numbers;

    SchedulerSimulation(final long seed, final int agents) {
        random = new Random(seed);
        for (int i = 0; i < agents; i++) {
            idle.add(new AgentFacts("agent-" + i, "host", "a CPU", 2, 1L << 30, "Linux", "6", List.of("17"), "none"));
        }
    }

    private record Happening(double at, long number, Runnable what) implements Comparable<Happening> {
        @Override
        public int compareTo(final Happening other) {
            final int byTime = Double.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private record Running(String job, long number) {}

    /** What became of an experiment, in milliseconds of virtual time. */
    static final class Outcome {
        private final double postedAt;
        private int open;
        private double work;
        private double longest;
        private double firstAt = -1;
        private double doneAt;
        private int doneTwice;

        private Outcome(final double postedAt) {
            this.postedAt = postedAt;
        }

        /** From posting to the last result. */
        double makespan() {
            return doneAt - postedAt;
        }

        /** From posting to the first job that is handed out. */
        double firstAfter() {
            return firstAt - postedAt;
        }

        double work() {
            return work;
        }

        double longest() {
            return longest;
        }

        boolean isComplete() {
            return open == 0 && doneTwice == 0;
        }
    }

    private void at(final double time, final Runnable what) {
        future.add(new Happening(time, numbers++, what));
    }

    /** An experiment is posted at a time. */
    Outcome post(final double time, final String experiment, final int priority, final int jobs) {
        final Outcome outcome = new Outcome(time);
        outcomes.put(experiment, outcome);
        outcome.open = jobs;
        at(time, () -> {
            scheduler.begin(experiment, priority);
            for (int i = 0; i < jobs; i++) {
                final String job = experiment + "/" + i;
                final double length = MEDIAN_MILLIS * Math.exp(SIGMA * random.nextGaussian());
                final double expected = random.nextDouble() < UNKNOWN_SHARE
                        ? Task.UNKNOWN
                        : length * Math.exp(SIGMA_OF_ESTIMATES * random.nextGaussian());
                lengths.put(job, length);
                outcome.work += length;
                outcome.longest = Math.max(outcome.longest, length);
                final Task task = new Task(job, experiment, ANY, expected, false, Set.of());
                tasks.put(job, task);
                scheduler.add(task, false, nanos());
            }
        });
        return outcome;
    }

    /** Some agents die at a time; what they had is handed out again when its lease has ended. */
    void lose(final double time, final int agents) {
        at(time, () -> {
            final List<String> victims =
                    running.keySet().stream().sorted().limit(agents).toList();
            for (final String victim : victims) {
                final Running had = Objects.requireNonNull(running.remove(victim));
                lost.add(victim);
                at(now + LEASE_MILLIS, () -> {
                    final Task task = tasks.get(had.job());
                    if (task != null) {
                        scheduler.add(task, true, nanos());
                    }
                });
            }
        });
    }

    private long nanos() {
        return (long) (now * 1e6);
    }

    /** Lets time pass until nothing happens any more. */
    void run() {
        while (!future.isEmpty()) {
            final Happening next = future.poll();
            now = next.at();
            next.what().run();
            handOut();
        }
    }

    private void handOut() {
        while (!idle.isEmpty() && !scheduler.isEmpty()) {
            final AgentFacts agent = idle.peek();
            final Optional<Task> task = scheduler.next(agent, unused -> false, nanos());
            if (task.isEmpty()) {
                return;
            }
            idle.remove();
            final String job = task.get().job();
            final Outcome outcome =
                    Objects.requireNonNull(outcomes.get(task.get().experiment()));
            outcome.firstAt = outcome.firstAt < 0 ? now : outcome.firstAt;
            final Running one = new Running(job, numbers);
            running.put(agent.id(), one);
            at(now + Objects.requireNonNull(lengths.get(job)), () -> done(agent, one, outcome));
        }
    }

    private void done(final AgentFacts agent, final Running one, final Outcome outcome) {
        if (!running.remove(agent.id(), one)) {
            return;
        }
        if (tasks.remove(one.job()) == null) {
            outcome.doneTwice++;
        }
        outcome.open--;
        outcome.doneAt = now;
        idle.add(agent);
    }

    int lost() {
        return lost.size();
    }
}
