package dev.maar.agent.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Copies a program's output to its log up to a limit, and goes on reading after it, so that the program never blocks. */
final class LogPump {

    private static final long FINISH_MILLIS = 2_000;

    private final InputStream from;
    private final Path log;
    private final long limitBytes;
    private final Thread thread;
    private volatile long lastOutput = System.nanoTime();
    private final AtomicLong read = new AtomicLong();

    private LogPump(final InputStream from, final Path log, final long limitBytes) {
        this.from = from;
        this.log = log;
        this.limitBytes = limitBytes;
        this.thread = new Thread(this::copy, "log " + log.getFileName());
        this.thread.setDaemon(true);
    }

    static LogPump start(final InputStream from, final Path log, final long limitBytes) {
        final LogPump pump = new LogPump(from, log, limitBytes);
        pump.thread.start();
        return pump;
    }

    /** How much the program has printed, kept or not. */
    long readBytes() {
        return read.get();
    }

    long silentNanos() {
        return System.nanoTime() - lastOutput;
    }

    /** Waits for the end of the output; a grandchild that kept the pipe open is not waited for longer than two seconds. */
    void finish() {
        try {
            thread.join(FINISH_MILLIS);
            if (thread.isAlive()) {
                from.close();
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (final IOException e) {
            // Closing a pipe that is already broken.
        }
    }

    private void copy() {
        final byte[] buffer = new byte[8192];
        long written = 0;
        try (OutputStream to = Files.newOutputStream(log)) {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                lastOutput = System.nanoTime();
                read.addAndGet(n);
                final int keep = (int) Math.min(n, limitBytes - written);
                if (keep > 0) {
                    to.write(buffer, 0, keep);
                    written += keep;
                    if (written == limitBytes) {
                        to.write("\n[the log's limit is reached; the rest was dropped]\n"
                                .getBytes(StandardCharsets.UTF_8));
                    }
                    to.flush();
                }
            }
        } catch (final IOException e) {
            drain(buffer);
        }
    }

    /** The log can not be written (a full disk, say): the program must not block on its pipe for that. */
    private void drain(final byte[] buffer) {
        try {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                lastOutput = System.nanoTime();
                read.addAndGet(n);
            }
        } catch (final IOException e) {
            // The pipe is gone, and with it the need to read.
        }
    }
}
