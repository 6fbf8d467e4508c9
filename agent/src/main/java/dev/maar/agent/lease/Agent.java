package dev.maar.agent.lease;

import dev.maar.agent.job.Delivery;
import dev.maar.agent.job.JobJson;
import dev.maar.agent.job.JobResult;
import dev.maar.agent.job.JobSpec;
import dev.maar.agent.run.JobRunner;
import dev.maar.agent.source.Arrivals;
import dev.maar.agent.source.Jdks;
import dev.maar.agent.source.SourceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An agent's life in a farm: it asks for work, claims what it is offered, does it while it renews the lease, and spools the result,
 * which is handed in until a coordinator has acknowledged it. It survives its coordinator, and its own kill: what was spooled is
 * handed in after the next start. For one thread, which does the jobs.
 */
public final class Agent implements AutoCloseable {

    private static final long ASK_AGAIN_MILLIS = 3_000;
    private static final long SPOOL_AGAIN_MILLIS = 5_000;
    /** More jobs than are handed out within the time for which a sealed one is good. */
    private static final int REMEMBERED = 10_000;

    private final JobRunner runner;
    private final Secret secret;
    private final String version;
    private final Consumer<String> told;
    private final JobJson json = new JobJson();
    private final Spool spool;
    private final Membership membership;
    private final Courier courier;
    private final Renewals renewals;
    private final Supply supply;
    private final Semaphore offers = new Semaphore(0);
    private final Map<String, Long> taken = new LinkedHashMap<>();
    private final Set<String> refusals = new HashSet<>();
    private String lastAnswer = "";
    private int refused;
    private volatile boolean draining;

    private Agent(
            final JobRunner runner,
            final ClusterSettings settings,
            final Secret secret,
            final String version,
            final Path spool,
            final Arrivals arrivals,
            final Jdks jdks,
            final Consumer<String> told)
            throws IOException {
        this.runner = runner;
        this.secret = secret;
        this.version = version;
        this.told = told;
        this.spool = Spool.open(spool);
        this.membership = Membership.join(settings, runner.facts());
        this.courier = Courier.start(this.spool, membership, secret, told);
        this.renewals = new Renewals(membership, settings.renewal());
        this.supply = new Supply(arrivals, jdks, (kind, text) -> membership.call(secret.seal(kind, "", text)), told);
        membership.onOffer(offers::release);
    }

    /**
     * Joins a farm.
     *
     * @param runner does the jobs
     * @param settings where coordinators are
     * @param secret the farm's keys
     * @param version this Maar's version
     * @param spool the folder for results that wait; the same at each start of this agent
     * @param arrivals what has come from coordinators
     * @param jdks the JDKs that sides may name
     * @param told what a user should know, in a line
     * @return the agent
     * @throws IOException when the spool can not be written, or the port not be had
     */
    public static Agent join(
            final JobRunner runner,
            final ClusterSettings settings,
            final Secret secret,
            final String version,
            final Path spool,
            final Arrivals arrivals,
            final Jdks jdks,
            final Consumer<String> told)
            throws IOException {
        return new Agent(runner, settings, secret, version, spool, arrivals, jdks, told);
    }

    /**
     * Works until drained or interrupted. Drained, it returns when the job that runs is done and its result handed in, as far as
     * a coordinator answers. Interrupted, it ends that job, which is given back by leaving.
     *
     * @throws InterruptedException when interrupted
     */
    public void work() throws InterruptedException {
        while (!draining) {
            ask();
            offers.tryAcquire(ASK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            offers.drainPermits();
            final List<Membership.Offering> found = membership.offers();
            for (final Membership.Offering offer : found) {
                if (!draining) {
                    take(offer);
                }
            }
        }
        courier.handInAndClose();
    }

    /** Takes no more jobs from now on. May be called by any thread. */
    public void drain() {
        draining = true;
        offers.release();
    }

    private void ask() throws InterruptedException {
        final String text = json.write(new Ask(runner.facts(), version, membership.id()));
        final Optional<Answer> answer = membership.call(secret.seal(Intake.ASK, "", text));
        final String words = answer.map(Agent::words).orElse("no coordinator can be reached; waiting for one");
        if (!words.equals(lastAnswer)) {
            lastAnswer = words;
            told.accept(words);
        }
    }

    private static String words(final Answer answer) {
        return switch (answer.code()) {
            case Answer.WELCOME -> "a coordinator has work for this agent when there is some";
            case Answer.OTHER_VERSION, Answer.REFUSED -> "gets no work: " + answer.detail();
            default -> "gets no work now: " + answer.detail();
        };
    }

    private void take(final Membership.Offering offer) throws InterruptedException {
        final String id = offer.job();
        final long token = offer.leased().token();
        final JobSpec job;
        try {
            job = opened(offer);
        } catch (final RefusedException e) {
            refuse(id, token, e);
            return;
        }
        if (!membership.claim(offer)) {
            return;
        }
        taken(id, token);
        told.accept("doing " + id + (token == 1 ? "" : ", handed out for the " + token + ". time"));
        final long begin = System.nanoTime();
        renewals.begin(id, token);
        final JobResult result;
        try {
            result = done(job);
            if (Thread.interrupted()) {
                // An interrupted program or file fails like any other, and that must not be taken for the job's own
                // failure.
                throw new InterruptedException("what came of " + id + " is not its own end");
            }
        } catch (final InterruptedException e) {
            final boolean lost = renewals.finished();
            renewals.end();
            if (lost) {
                told.accept("stopped " + id + ", which was given to somebody else meanwhile");
                return;
            }
            told.accept("gives " + id + " back");
            throw e;
        }
        renewals.finished();
        final long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        spool(bounded(new Delivery(result, token, millis)));
        // Only now: while the spool waits for room on the disk, the job is still ours.
        renewals.end();
        courier.wake();
    }

    private JobResult done(final JobSpec job) throws InterruptedException {
        try {
            return runner.run(supply.supplied(job));
        } catch (final IOException | SourceException e) {
            return new JobResult.Undone(
                    job.id(), runner.facts().id(), e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    /** The job that is offered, if it may be believed: sealed for this agent under this token, and not taken before. */
    private JobSpec opened(final Membership.Offering offer) throws RefusedException {
        final String id = offer.job();
        final long token = offer.leased().token();
        final String text = secret.open(
                Intake.JOB,
                Leased.context(id, runner.facts().id(), token),
                offer.leased().job());
        if (token <= taken.getOrDefault(id, 0L)) {
            throw new RefusedException(RefusedException.Reason.REPLAYED, "it was taken before");
        }
        final JobSpec job;
        try {
            job = json.read(text, JobSpec.class);
        } catch (final IllegalArgumentException e) {
            throw new RefusedException(RefusedException.Reason.MALFORMED, String.valueOf(e.getMessage()));
        }
        if (!job.id().equals(id)) {
            throw new RefusedException(RefusedException.Reason.MALFORMED, "it is another job, " + job.id());
        }
        return job;
    }

    private void taken(final String job, final long token) {
        taken.put(job, token);
        if (taken.size() > REMEMBERED) {
            final Iterator<String> oldest = taken.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** An offer stays until its coordinator takes it away, so the same one is met again and again. */
    private void refuse(final String job, final long token, final RefusedException e) {
        if (refusals.size() == REMEMBERED) {
            refusals.clear();
        }
        if (refusals.add(job + " " + token + " " + e.reason())) {
            refused++;
            told.accept("refused a job, " + job + ": " + e.getMessage() + " (" + refused + " refused so far)");
        }
    }

    /** What no coordinator would take is not worth keeping, but that it was so is. */
    private Delivery bounded(final Delivery delivery) {
        final int characters = json.write(delivery).length();
        return characters <= Secret.MOST_CHARACTERS
                ? delivery
                : new Delivery(
                        new JobResult.Undone(
                                delivery.result().job(),
                                delivery.result().agent(),
                                "its result is too large to be sent: " + characters + " characters"),
                        delivery.token(),
                        delivery.millis());
    }

    private void spool(final Delivery delivery) throws InterruptedException {
        while (true) {
            // An interrupt would close the file half written.
            final boolean interrupted = Thread.interrupted();
            try {
                spool.put(delivery);
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                return;
            } catch (final IOException e) {
                if (interrupted) {
                    throw new InterruptedException("interrupted while a result could not be kept");
                }
                told.accept("can not keep a result: " + e.getMessage() + "; free some space, it is tried again");
                Thread.sleep(SPOOL_AGAIN_MILLIS);
            }
        }
    }

    /** Leaves the farm. What is spooled stays on disk. */
    @Override
    public void close() throws IOException {
        renewals.close();
        try {
            courier.close();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        membership.close();
        runner.close();
    }
}
