package dev.maar.agent.lease;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that a job goes on, while it does, and interrupts the thread that does it when the job is somebody else's now. One job at a
 * time; has a thread of its own.
 */
final class Renewals implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Renewals.class);
    /** So often in a row the lease may be gone before the job is given up: a coordinator that starts needs a moment. */
    private static final int GONE_AT_MOST = 6;

    private final Membership membership;
    private final Duration every;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "renewals"));
    private @Nullable Running running;

    Renewals(final Membership membership, final Duration every) {
        this.membership = membership;
        this.every = every;
        timer.scheduleWithFixedDelay(this::renew, every.toNanos(), every.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static final class Running {
        private final String job;
        private final long token;
        private final Thread thread = Thread.currentThread();
        private int gone;
        private boolean lost;
        private boolean finished;

        private Running(final String job, final long token) {
            this.job = job;
            this.token = token;
        }
    }

    /** From now on this thread does the job. */
    synchronized void begin(final String job, final long token) {
        running = new Running(job, token);
    }

    /**
     * The job has ended; the lease goes on until {@link #end}, and the thread is no longer interrupted. Returns whether the job was lost;
     * an interrupt that came of that is used up then.
     */
    synchronized boolean finished() {
        if (running == null) {
            return false;
        }
        running.finished = true;
        if (running.lost) {
            Thread.interrupted();
        }
        return running.lost;
    }

    /** The lease need not go on. */
    synchronized void end() {
        running = null;
    }

    private void renew() {
        final Running now;
        synchronized (this) {
            now = running;
        }
        if (now == null || now.lost) {
            return;
        }
        // Outside the lock, for it may take long when the network is bad.
        final Optional<String> answer = membership.renew(now.job, now.token);
        synchronized (this) {
            if (running != now || answer.isEmpty()) {
                return;
            }
            now.gone = answer.get().equals(Renew.GONE) ? now.gone + 1 : 0;
            if (answer.get().equals(Renew.TAKEN) || now.gone > GONE_AT_MOST) {
                LOG.warn("{} was given to somebody else meanwhile; stopping work on it", now.job);
                now.lost = true;
                if (!now.finished) {
                    now.thread.interrupt();
                }
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
