package dev.maar.agent.build;

import dev.maar.agent.sandbox.Launch;
import dev.maar.agent.sandbox.Overstep;
import dev.maar.agent.sandbox.ProcessGroup;
import dev.maar.agent.sandbox.Reaper;
import dev.maar.agent.source.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a program to its end, under limits. Whatever happens, an interrupt included, its whole process group is gone afterwards. */
final class ProgramRun {

    private static final Duration POLL = Duration.ofMillis(100);

    private static final String RUNNING = ".running";
    private static final long ABANDONED_SECONDS = 10;

    private ProgramRun() {}

    /**
     * How a program ended.
     *
     * @param exit its exit code; 128 + signal when it was killed
     * @param stopped why we stopped it; empty when it ended by itself
     * @param millis how long it ran
     */
    record End(int exit, String stopped, long millis) {

        boolean succeeded() {
            return exit == 0 && stopped.isEmpty();
        }
    }

    /** Looks at a running program now and then. */
    @FunctionalInterface
    interface Watch {

        /**
         * Whether it has to be stopped.
         *
         * @param elapsedMillis how long it runs
         * @param silentMillis how long it has said nothing
         * @return why, or nothing
         */
        Optional<String> objection(long elapsedMillis, long silentMillis);
    }

    /** Limits on the time in all and on the time without output. */
    static Watch limits(final String what, final long limitMillis, final long silenceMillis) {
        return (elapsed, silent) -> {
            if (elapsed > limitMillis) {
                return Optional.of(
                        what + " took longer than its limit of " + inWords(limitMillis) + " and was stopped");
            }
            if (silent > silenceMillis) {
                return Optional.of(what + " said nothing for " + inWords(silenceMillis) + " and was stopped");
            }
            return Optional.empty();
        };
    }

    static End run(final Launch launch, final Reaper reaper, final Watch watch)
            throws IOException, InterruptedException {
        final long start = System.nanoTime();
        final Path note = note(launch.log());
        boolean full = false;
        try (ProcessGroup group = ProcessGroup.start(launch, reaper)) {
            Files.writeString(note, Long.toString(group.id()));
            group.input().close();
            while (true) {
                final OptionalInt exit = group.await(POLL);
                final long elapsed = millisSince(start);
                final Optional<Overstep> overstep = exit.isPresent() ? group.overstepped() : Optional.empty();
                if (overstep.isPresent()) {
                    full = overstep.get().limit() == Overstep.Limit.DISK;
                    return new End(128 + 9, "stopped: " + overstep.get().words(), elapsed);
                }
                if (exit.isPresent()) {
                    return new End(exit.getAsInt(), "", elapsed);
                }
                final Optional<String> objection =
                        watch.objection(elapsed, TimeUnit.NANOSECONDS.toMillis(group.silentNanos()));
                if (objection.isPresent()) {
                    return new End(128 + 9, objection.get(), elapsed);
                }
            }
        } finally {
            Files.deleteIfExists(note);
            if (full) {
                // What was filled without measure is not kept, neither to look at nor to go on with.
                for (final Path folder : launch.confinement().workPlace()) {
                    FileTrees.delete(folder);
                }
            }
        }
    }

    /**
     * Waits until a program is gone whose starter was killed in the middle of it: the starter's locks are free at once, the reaper
     * takes a moment. Waits ten seconds at most, since the process id may belong to somebody else by now.
     *
     * @param folder where the program's log is
     */
    static void awaitAbandoned(final Path folder) throws IOException, InterruptedException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        for (final Path note : Glob.files(folder, "*" + RUNNING)) {
            final String id = Files.readString(note);
            final Optional<ProcessHandle> left = id.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(id));
            if (left.isPresent()) {
                try {
                    left.get().onExit().get(ABANDONED_SECONDS, TimeUnit.SECONDS);
                } catch (final ExecutionException | TimeoutException e) {
                    // Somebody else's process: what we wait for has long been gone.
                }
            }
        }
    }

    private static Path note(final Path log) {
        return log.resolveSibling(log.getFileName() + RUNNING);
    }

    static long millisSince(final long startNanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    }

    private static String inWords(final long millis) {
        return millis % 60_000 == 0 ? millis / 60_000 + " min" : millis / 1000.0 + " s";
    }
}
