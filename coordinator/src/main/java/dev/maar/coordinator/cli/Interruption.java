package dev.maar.coordinator.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and SIGTERM into an interrupt of the command's thread, and keeps the JVM alive until the command has cleaned up and
 * written what it can. Open around a command; for the thread that opens it.
 */
final class Interruption implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;

    private final Thread command = Thread.currentThread();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupted, "interruption");
    private volatile boolean happened;

    private Interruption() {}

    static Interruption watch() {
        final Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    private void interrupted() {
        happened = true;
        command.interrupt();
        try {
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
