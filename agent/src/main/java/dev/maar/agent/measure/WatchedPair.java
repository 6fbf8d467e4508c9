package dev.maar.agent.measure;

import dev.maar.agent.job.PairCost;
import dev.maar.agent.job.PairOutcome;
import dev.maar.agent.job.Surroundings;
import dev.maar.agent.settings.AgentSettings;
import dev.maar.agent.settings.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Runs pairs with an eye on the machine: waits for it to be quiet before a pair, and runs a pair again that it disturbed. Both are bounded
 * by what was measured so far, so that a machine that is never quiet makes a run longer by a known share and no more. For one thread.
 */
public final class WatchedPair {

    /** How long one look at the processors takes: their counters advance in steps of 10 ms. */
    static final Duration LOOK = Duration.ofMillis(200);

    /** A shorter wait is in the report's costs and needs no line of its own. */
    private static final long WORTH_SAYING_MILLIS = 1_000;

    /** Re-runs that are allowed before any pair counts. */
    private static final int FIRST_RERUNS = 2;

    private final AgentSettings settings;
    private final LongSupplier forkCpuNanos;
    private final Supplier<PairCost> cost;
    private final Consumer<String> saying;
    private final Path proc;
    private final Pause pause;
    private final Canary canary = new Canary();
    private boolean doubtful = true;
    private long counted;
    private long rerun;
    private long measuredMillis;
    private long waitedMillis;

    /**
     * Watched pairs on this machine.
     *
     * @param settings what disturbs, and how much time that may cost
     * @param forkCpuNanos the CPU time of all forks so far
     * @param cost where the time of the latest pair went
     * @param saying told, in a few words, what is waited for
     */
    public WatchedPair(
            final AgentSettings settings,
            final LongSupplier forkCpuNanos,
            final Supplier<PairCost> cost,
            final Consumer<String> saying) {
        this(settings, forkCpuNanos, cost, saying, Path.of("/proc"), Thread::sleep);
    }

    WatchedPair(
            final AgentSettings settings,
            final LongSupplier forkCpuNanos,
            final Supplier<PairCost> cost,
            final Consumer<String> saying,
            final Path proc,
            final Pause pause) {
        this.settings = settings;
        this.forkCpuNanos = forkCpuNanos;
        this.cost = cost;
        this.saying = saying;
        this.proc = proc;
        this.pause = pause;
    }

    /** Lets time pass between two readings of the counters. */
    @FunctionalInterface
    interface Pause {
        void of(long millis) throws InterruptedException;
    }

    /** One pair. */
    @FunctionalInterface
    public interface Pair {

        /**
         * Runs it, from fresh forks on.
         *
         * @return how it ended
         * @throws InterruptedException when interrupted meanwhile
         */
        PairOutcome run() throws InterruptedException;
    }

    /**
     * One try of a pair.
     *
     * @param surroundings what the machine did meanwhile
     * @param disturbances what of it can spoil a measurement
     * @param discarded whether the pair was run again because of them
     * @param cost where the time went
     * @param outcome how it ended
     */
    public record Attempt(
            Surroundings surroundings,
            List<String> disturbances,
            boolean discarded,
            PairCost cost,
            PairOutcome outcome) {

        /** Copies the list. */
        public Attempt {
            disturbances = List.copyOf(disturbances);
        }
    }

    /**
     * Runs a pair, and again while it was disturbed and may be. One that failed or whose sides did not produce the same is never run
     * again here: neither has anything to do with time.
     *
     * @param pair the pair
     * @return all tries; only the last counts
     * @throws InterruptedException when interrupted meanwhile
     */
    public List<Attempt> run(final Pair pair) throws InterruptedException {
        final List<Attempt> attempts = new ArrayList<>();
        while (true) {
            final long waited = awaitQuiet();
            final long cpuBefore = forkCpuNanos.getAsLong();
            final SurroundingsProbe probe = SurroundingsProbe.start(proc, canary);
            final PairOutcome outcome = pair.run();
            final double canaryAfter = canary.look();
            final Surroundings around = probe.finish(forkCpuNanos.getAsLong() - cpuBefore, canaryAfter);
            measuredMillis += around.millis();
            final List<String> disturbances = Disturbances.of(around, settings);
            doubtful = !disturbances.isEmpty();
            final boolean again = doubtful && outcome instanceof PairOutcome.Measured && rerun < mostReruns();
            attempts.add(new Attempt(around, disturbances, again, cost.get().after(waited), outcome));
            if (!again) {
                counted++;
                return attempts;
            }
            rerun++;
        }
    }

    private double mostReruns() {
        final double share = settings.of(Setting.RERUN_SHARE);
        return share == 0 ? 0 : FIRST_RERUNS + share * counted;
    }

    /** Waits if there is reason to doubt that the machine is quiet: there is at the start, and after a disturbed pair. */
    private long awaitQuiet() throws InterruptedException {
        final double allowance = 1000 * settings.of(Setting.LONGEST_WAIT)
                + settings.of(Setting.WAIT_SHARE) * measuredMillis
                - waitedMillis;
        final double most = Math.min(1000 * settings.of(Setting.LONGEST_WAIT), allowance);
        long waited = 0;
        while (doubtful && waited + LOOK.toMillis() <= most) {
            final SurroundingsProbe probe = SurroundingsProbe.start(proc);
            pause.of(LOOK.toMillis());
            final Surroundings now = probe.finish(0, Surroundings.UNKNOWN);
            waited += LOOK.toMillis();
            final List<String> disturbances = Disturbances.ofTheProcessors(now, settings);
            doubtful = !disturbances.isEmpty();
            if (doubtful && waited == LOOK.toMillis() && most >= WORTH_SAYING_MILLIS) {
                saying.accept(String.format(
                        Locale.ROOT,
                        "waiting for a quiet machine (%s), at most %.1f s",
                        String.join(", ", disturbances),
                        most / 1000));
            }
        }
        waitedMillis += waited;
        return waited;
    }
}
