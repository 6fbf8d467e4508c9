package dev.maar.agent.lease;

import dev.maar.agent.job.JobJson;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the spool's results in, again and again until each is acknowledged. Has a thread of its own. */
final class Courier implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    private static final long AGAIN_MILLIS = 1_000;

    private final Spool spool;
    private final Membership membership;
    private final Secret secret;
    private final Consumer<String> told;
    private final JobJson json = new JobJson();
    private final Semaphore fresh = new Semaphore(1);
    private final Thread thread = new Thread(this::work, "courier");

    private Courier(final Spool spool, final Membership membership, final Secret secret, final Consumer<String> told) {
        this.spool = spool;
        this.membership = membership;
        this.secret = secret;
        this.told = told;
    }

    static Courier start(
            final Spool spool, final Membership membership, final Secret secret, final Consumer<String> told) {
        final Courier courier = new Courier(spool, membership, secret, told);
        courier.thread.start();
        return courier;
    }

    /** There is something new. */
    void wake() {
        fresh.release();
    }

    private void work() {
        try {
            while (true) {
                if (fresh.tryAcquire(AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                    fresh.drainPermits();
                }
                deliver();
            }
        } catch (final InterruptedException e) {
            LOG.debug("the courier ends; what is left is handed in at the next start");
        }
    }

    private void deliver() throws InterruptedException {
        try {
            for (final Spool.Waiting waiting : spool.waiting()) {
                final String text = json.write(waiting.delivery());
                final Optional<Answer> answer = membership.call(secret.seal(Intake.DELIVERY, "", text));
                if (answer.isEmpty()) {
                    return;
                }
                if (answer.get().settles()) {
                    LOG.info(
                            "{}: {}",
                            waiting.delivery().result().job(),
                            answer.get().code());
                    spool.remove(waiting);
                    if (answer.get().code().equals(Answer.STALE)) {
                        told.accept("a result came too late: "
                                + waiting.delivery().result().job() + " was handed out again meanwhile");
                    }
                } else {
                    LOG.warn(
                            "the coordinator does not take the result of {}: {} {}; it is kept",
                            waiting.delivery().result().job(),
                            answer.get().code(),
                            answer.get().detail());
                }
            }
        } catch (final IOException e) {
            LOG.warn("the spool can not be read: {}; tried again", e.getMessage());
        }
    }

    /** Ends the thread, and hands in once more what is left, as far as a coordinator answers; for the agent's last moment. */
    void handInAndClose() throws InterruptedException {
        close();
        deliver();
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
