package dev.maar.coordinator.dispatch;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.map.IMap;
import dev.maar.agent.job.JobJson;
import dev.maar.agent.job.JobResult;
import dev.maar.agent.job.JobSpec;
import dev.maar.agent.lease.Ask;
import dev.maar.agent.lease.Intake;
import dev.maar.agent.lease.Leased;
import dev.maar.agent.lease.Offer;
import dev.maar.agent.lease.Remove;
import dev.maar.agent.lease.Sealed;
import dev.maar.agent.lease.Secret;
import dev.maar.coordinator.store.Lease;
import dev.maar.coordinator.store.Store;
import dev.maar.coordinator.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands jobs to agents, in the order in which they were posted, and takes back what is not heard of. Who has which job is committed to
 * the store before anybody is offered it, so a coordinator that starts again knows; the cluster's map of leases only carries the
 * offers and the renewals. All of it happens in one thread; other threads send events.
 */
final class Dispatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final long TICK_MILLIS = 250;
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long ASKED_LATELY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final IMap<String, Leased> leases;
    private final Store store;
    private final Secret secret;
    private final Clock clock;
    private final Consumer<JobResult> results;
    private final JobJson json = new JobJson();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final OpenJobs open = new OpenJobs();
    private final Deque<JobSpec> unposted = new ArrayDeque<>();
    private final Set<String> posted = new HashSet<>();
    private final Map<String, Idle> idle = new LinkedHashMap<>();
    private final Map<String, String> agentOfMember = new LinkedHashMap<>();
    private final Watch watch;
    private final Thread thread = new Thread(this::work, "dispatcher");
    private long lastLook = System.nanoTime();
    private boolean storeFails;
    private volatile boolean closed;

    Dispatcher(
            final IMap<String, Leased> leases,
            final Store store,
            final Secret secret,
            final Clock clock,
            final Duration lease,
            final Consumer<JobResult> results) {
        this.leases = leases;
        this.store = store;
        this.secret = secret;
        this.clock = clock;
        this.results = results;
        this.watch = new Watch(lease);
    }

    private record Idle(Ask ask, long sinceNanos) {}

    /** Takes over what an experiment's agents were given before this coordinator started; each has a whole lease to be heard of. */
    void start(final String experiment) throws StoreException {
        for (final Lease lease : store.jobs().leased(experiment)) {
            watch.add(lease.job().id(), lease.owner(), lease.token(), System.nanoTime());
            leases.executeOnKey(
                    lease.job().id(),
                    new Offer(new Leased(Leased.CLAIMED, lease.owner(), lease.token(), 0, sealed(lease))));
        }
        thread.start();
    }

    /** Tells the dispatcher something. Safe for several threads. */
    void tell(final Event event) {
        events.add(event);
    }

    private void work() {
        try {
            while (!closed) {
                final Event first = events.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
                turn(Optional.ofNullable(first));
            }
        } catch (final InterruptedException e) {
            LOG.debug("the dispatcher ends");
        }
    }

    private void turn(final Optional<Event> first) {
        try {
            first.ifPresent(this::heard);
            for (Event next = events.poll(); next != null; next = events.poll()) {
                heard(next);
            }
            post();
            reap();
            handOut();
            storeFails = false;
        } catch (final StoreException e) {
            if (!storeFails) {
                LOG.warn("{}; nothing is handed out until it can", e.getMessage());
            }
            storeFails = true;
        } catch (final HazelcastException | IllegalStateException | ClassCastException e) {
            // A class cast: somebody put something else where a lease was, which the guard is about to remove.
            if (!closed) {
                LOG.warn("the cluster does not answer: {}; tried again", e.getMessage());
            }
        }
    }

    private void heard(final Event event) {
        if (event instanceof final Event.Posted posted) {
            unposted.add(posted.job());
        } else if (event instanceof final Event.Asked asked) {
            final Ask ask = asked.ask();
            agentOfMember.put(ask.member(), ask.facts().id());
            idle.put(ask.facts().id(), new Idle(ask, System.nanoTime()));
        } else if (event instanceof final Event.Recorded recorded) {
            done(recorded.result(), recorded.token());
        } else if (event instanceof final Event.Left left) {
            final String agent = agentOfMember.remove(left.member());
            if (agent != null) {
                idle.remove(agent);
                lost(agent);
            }
        }
    }

    private void post() throws StoreException {
        while (!unposted.isEmpty()) {
            final JobSpec job = unposted.getFirst();
            final Optional<JobResult> result = store.jobs().result(job.id());
            if (result.isPresent()) {
                results.accept(result.get());
            } else {
                store.jobs().post(job, clock.instant());
                posted.add(job.id());
                if (!watch.has(job.id())) {
                    open.add(job.id());
                }
            }
            unposted.removeFirst();
        }
    }

    private void done(final JobResult result, final long token) {
        watch.remove(result.job());
        open.remove(result.job());
        // A job that has not been posted since this coordinator started: its result is found in the store when it is.
        if (posted.remove(result.job())) {
            results.accept(result);
        }
        try {
            leases.executeOnKey(result.job(), Remove.done(token));
        } catch (final HazelcastException | IllegalStateException | ClassCastException e) {
            LOG.debug("a lease is left in the map; its job is done", e);
        }
    }

    /** The fast path: a member that left is not waited for. */
    private void lost(final String agent) {
        for (final String job : watch.of(agent)) {
            LOG.info("{} left; {} is handed out again", agent, job);
            takeBack(job, watch.token(job));
        }
    }

    private void reap() {
        final long now = System.nanoTime();
        if (watch.isEmpty() || now - lastLook < LOOK_EVERY_NANOS) {
            return;
        }
        lastLook = now;
        final Map<String, Leased> there = leases.getAll(watch.jobs());
        for (final Map.Entry<String, Long> overdue : watch.overdue(there, now).entrySet()) {
            final Leased seen = there.get(overdue.getKey());
            if (seen == null || leases.executeOnKey(overdue.getKey(), Remove.reap(seen))) {
                LOG.info("{} has not been renewed; it is handed out again", overdue.getKey());
                takeBack(overdue.getKey(), overdue.getValue());
            }
        }
    }

    private void takeBack(final String job, final long token) {
        watch.remove(job);
        open.takenBack(job);
        leases.executeOnKey(job, Remove.done(token));
    }

    private void handOut() throws StoreException {
        for (final Iterator<Idle> agents = idle.values().iterator(); agents.hasNext() && !open.isEmpty(); ) {
            final Idle agent = agents.next();
            final String id = agent.ask().facts().id();
            if (System.nanoTime() - agent.sinceNanos() > ASKED_LATELY_NANOS) {
                agents.remove();
            } else if (!watch.holds(id)) {
                agents.remove();
                offer(open.first(), id);
            }
        }
    }

    private void offer(final String job, final String agent) throws StoreException {
        final Optional<Lease> lease = store.jobs().lease(job, agent);
        open.remove(job);
        if (lease.isEmpty()) {
            // Its late result has come meanwhile; the event is on its way.
            return;
        }
        watch.add(job, agent, lease.get().token(), System.nanoTime());
        leases.executeOnKey(
                job, new Offer(new Leased(Leased.OFFERED, agent, lease.get().token(), 0, sealed(lease.get()))));
    }

    private Sealed sealed(final Lease lease) {
        return secret.seal(
                Intake.JOB, Leased.context(lease.job().id(), lease.owner(), lease.token()), json.write(lease.job()));
    }

    /** Ends the thread; what is handed out stays so. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
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
}
