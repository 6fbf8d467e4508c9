package dev.maar.agent.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Looks at what a program uses, several times a second, on a daemon thread, and has it killed when that is more than it may. The size
 * of its work place is looked at when the disk has lost much space, and now and then in any case.
 */
final class LimitWatch {

    private static final Duration OFTEN = Duration.ofMillis(250);
    private static final Duration SELDOM = Duration.ofSeconds(1);
    private static final long WALK_NANOS = 5_000_000_000L;
    private static final long SUSPICIOUS_SHARE = 4;

    private final Confinement confinement;
    private final Supplier<Usage> usage;
    private final LogPump pump;
    private final Runnable kill;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::watch, "limits");
    private volatile Optional<Overstep> overstepped = Optional.empty();
    private long freeAtWalk;
    private long walkedAt;

    private LimitWatch(
            final Confinement confinement, final Supplier<Usage> usage, final LogPump pump, final Runnable kill) {
        this.confinement = confinement;
        this.usage = usage;
        this.pump = pump;
        this.kill = kill;
    }

    static LimitWatch start(
            final Confinement confinement, final Supplier<Usage> usage, final LogPump pump, final Runnable kill) {
        final LimitWatch watch = new LimitWatch(confinement, usage, pump, kill);
        if (!confinement.limits().equals(Limits.NONE)) {
            watch.thread.setDaemon(true);
            watch.thread.start();
        }
        return watch;
    }

    /** Which limit the program was killed for. */
    Optional<Overstep> overstepped() {
        return overstepped;
    }

    /** A last look at the work place of a program that has ended: a full one may be why. Only after {@link #stop}. */
    Optional<Overstep> lastLook() {
        if (overstepped.isEmpty() && !confinement.workPlace().isEmpty()) {
            overstepped = diskObjection();
        }
        return overstepped;
    }

    /** Ends the watching; after this nothing is killed any more. */
    void stop() {
        stop.countDown();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        final Duration period = confinement.namespace() ? OFTEN : SELDOM;
        freeAtWalk = freeBytes();
        walkedAt = System.nanoTime();
        try {
            while (!stop.await(period.toMillis(), TimeUnit.MILLISECONDS)) {
                final Optional<Overstep> objection = objection();
                if (objection.isPresent()) {
                    overstepped = objection;
                    kill.run();
                    return;
                }
            }
        } catch (final InterruptedException e) {
            // Nobody interrupts this thread but a JVM that ends.
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Overstep> objection() {
        final Limits limits = confinement.limits();
        final Usage used = usage.get();
        if (used.memoryBytes() > limits.memoryBytes()) {
            return overstep(
                    Overstep.Limit.MEMORY,
                    "it used " + mebibytes(used.memoryBytes()) + " of memory, more than its limit of "
                            + mebibytes(limits.memoryBytes()) + " (resources: memory)");
        }
        if (used.tasks() > limits.tasks()) {
            return overstep(
                    Overstep.Limit.TASKS,
                    "it had " + used.tasks() + " processes and threads, more than its limit of " + limits.tasks()
                            + " (resources: processes)");
        }
        if (pump.readBytes() > limits.outputBytes()) {
            return overstep(
                    Overstep.Limit.OUTPUT, "it printed more than its limit of " + mebibytes(limits.outputBytes()));
        }
        final boolean due = System.nanoTime() - walkedAt > WALK_NANOS
                || freeAtWalk - freeBytes() > limits.diskBytes() / SUSPICIOUS_SHARE;
        return due && !confinement.workPlace().isEmpty() ? diskObjection() : Optional.empty();
    }

    private Optional<Overstep> diskObjection() {
        final long most = confinement.limits().diskBytes();
        final long used =
                confinement.workPlace().stream().mapToLong(DiskUse::of).sum();
        freeAtWalk = freeBytes();
        walkedAt = System.nanoTime();
        return used > most
                ? overstep(
                        Overstep.Limit.DISK,
                        "it filled " + mebibytes(used) + " of disk, more than its limit of " + mebibytes(most)
                                + " (resources: disk)")
                : Optional.empty();
    }

    private static Optional<Overstep> overstep(final Overstep.Limit limit, final String words) {
        return Optional.of(new Overstep(limit, words));
    }

    private long freeBytes() {
        try {
            return confinement.workPlace().isEmpty()
                    ? 0
                    : Files.getFileStore(confinement.workPlace().get(0)).getUsableSpace();
        } catch (final IOException e) {
            // Then the size is looked at now and then only.
            return 0;
        }
    }

    private static String mebibytes(final long bytes) {
        return (bytes >> 20) + " MiB";
    }
}
