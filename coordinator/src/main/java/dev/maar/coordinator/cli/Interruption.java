package dev.maar.coordinator.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Turns Ctrl-C and SIGTERM into an interrupt of the command's thread, and keeps the JVM alive until the command has cleaned up and
 * written what it can. Open around a command; for the thread that opens it.
 */
final class Interruption implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;

    private final BooleanSupplier drain;
    private final Duration drainFor;
    private final Thread command = Thread.currentThread();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupted, "interruption");
    private volatile boolean happened;

    private Interruption(final BooleanSupplier drain, final Duration drainFor) {
        this.drain = drain;
        this.drainFor = drainFor;
    }

    static Interruption watch() {
        return watch(() -> false, Duration.ZERO);
    }

    /**
     * Lets the command come to its own end first.
     *
     * @param drain asks it to; called by another thread; false when the command can not do so
     * @param drainFor how long it has until it is interrupted all the same
     */
    static Interruption watch(final BooleanSupplier drain, final Duration drainFor) {
        final Interruption interruption = new Interruption(drain, drainFor);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    private void interrupted() {
        happened = true;
        try {
            if (!drain.getAsBoolean() || !finished.await(drainFor.toNanos(), TimeUnit.NANOSECONDS)) {
                command.interrupt();
            }
            if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("maar: gave up waiting for a clean end");
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // The JVM would exit with 128 + the signal; the contract has one code for both signals.
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
    }

    /** Whether a signal came. */
    boolean happened() {
        return happened;
    }

    @Override
    public void close() {
        if (happened) {
            finished.countDown();
            return;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException e) {
            // The signal came in just this moment; the hook waits for us.
            finished.countDown();
        }
    }
}
