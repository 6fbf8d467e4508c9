package dev.maar.coordinator.dispatch;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.map.IMap;
import dev.maar.agent.job.AgentFacts;
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
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the jobs of all experiments that are on to agents, as the {@link Scheduler} chooses, and takes back what is not heard of. Who
 * has which job is committed to the store before anybody is offered it, so a coordinator that starts again knows; the cluster's map of
 * leases only carries the offers and the renewals. All of it happens in one thread; other threads send events.
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
    private final JobJson json = new JobJson();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Scheduler scheduler = new Scheduler();
    private final Map<String, Event.Began> experiments = new HashMap<>();
    private final Deque<JobSpec> unposted = new ArrayDeque<>();
    private final Map<String, Task> posted = new HashMap<>();
    private final Screens screens = new Screens();
    private final Map<String, Idle> idle = new LinkedHashMap<>();
    /** Who asked for work as which member of the cluster, and has not left it. */
    private final Map<String, AgentFacts> agents = new LinkedHashMap<>();

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
            final Duration lease) {
        this.leases = leases;
        this.store = store;
        this.secret = secret;
        this.clock = clock;
        this.watch = new Watch(lease);
    }

    private record Idle(Ask ask, long sinceNanos) {}

    void start() {
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
        if (event instanceof final Event.Began began) {
            began(began);
        } else if (event instanceof final Event.Ended ended) {
            ended(ended.experiment());
        } else if (event instanceof final Event.Posted one) {
            unposted.add(one.job());
        } else if (event instanceof final Event.Asked asked) {
            final Ask ask = asked.ask();
            agents.put(ask.member(), ask.facts());
            idle.put(ask.facts().id(), new Idle(ask, System.nanoTime()));
        } else if (event instanceof final Event.Recorded recorded) {
            done(recorded.result(), recorded.token());
        } else if (event instanceof final Event.Left left) {
            final AgentFacts agent = agents.remove(left.member());
            if (agent != null) {
                idle.remove(agent.id());
                lost(agent.id());
            }
        }
    }

    /** Takes over what agents were given before this coordinator started; each has a whole lease to be heard of. */
    private void began(final Event.Began began) {
        experiments.put(began.experiment(), began);
        scheduler.begin(began.experiment(), began.terms().priority());
        for (final Lease lease : began.leased()) {
            watch.add(lease.job().id(), lease.owner(), lease.token(), System.nanoTime());
        }
        for (final Lease lease : began.leased()) {
            leases.executeOnKey(
                    lease.job().id(),
                    new Offer(new Leased(Leased.CLAIMED, lease.owner(), lease.token(), 0, sealed(lease))));
        }
    }

    /** What agents have of it they finish, and it counts; nothing more of it is handed out. */
    private void ended(final String experiment) {
        experiments.remove(experiment);
        scheduler.end(experiment);
        screens.end(experiment);
        unposted.removeIf(job -> job.experiment().equals(experiment));
        posted.values().removeIf(task -> task.experiment().equals(experiment));
    }

    private void post() throws StoreException {
        while (!unposted.isEmpty()) {
            final JobSpec job = unposted.getFirst();
            final Event.Began experiment = experiments.get(job.experiment());
            if (experiment != null) {
                post(job, experiment);
            }
            unposted.removeFirst();
        }
    }

    private void post(final JobSpec job, final Event.Began experiment) throws StoreException {
        final Optional<JobResult> result = store.jobs().result(job.id());
        if (result.isPresent()) {
            screens.saw(job.experiment(), result.get());
            experiment.results().accept(result.get());
            return;
        }
        store.jobs().post(job, clock.instant());
        final OptionalLong expected = store.costs().meanMillis(job);
        final Task task = new Task(
                job.id(),
                job.experiment(),
                Needs.of(job, experiment.terms().sandboxed()),
                expected.isPresent() ? expected.getAsLong() : Task.UNKNOWN,
                job instanceof JobSpec.Pairs,
                screens.before(job));
        posted.put(job.id(), task);
        if (!watch.has(job.id())) {
            scheduler.add(task, false, System.nanoTime());
        }
    }

    private void done(final JobResult result, final long token) {
        watch.remove(result.job());
        scheduler.remove(result.job());
        // A job that has not been posted since this coordinator started: its result is found in the store when it is.
        final Task task = posted.remove(result.job());
        if (task != null) {
            screens.saw(task.experiment(), result);
            Optional.ofNullable(experiments.get(task.experiment()))
                    .ifPresent(experiment -> experiment.results().accept(result));
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
        Optional.ofNullable(posted.get(job)).ifPresent(task -> scheduler.add(task, true, System.nanoTime()));
        leases.executeOnKey(job, Remove.done(token));
    }

    private void handOut() throws StoreException {
        final long now = System.nanoTime();
        idle.values().removeIf(agent -> now - agent.sinceNanos() > ASKED_LATELY_NANOS);
        for (final Iterator<Idle> agents = idle.values().iterator(); agents.hasNext() && !scheduler.isEmpty(); ) {
            final AgentFacts agent = agents.next().ask().facts();
            if (watch.holds(agent.id())) {
                continue;
            }
            final Optional<Task> task = scheduler.next(agent, this::othersWouldDo, now);
            if (task.isPresent()) {
                agents.remove();
                offer(task.get(), agent.id());
            }
        }
    }

    /** Whether there is an agent that had no part in a confirmation's screen. */
    private boolean othersWouldDo(final Task task) {
        return agents.values().stream()
                .anyMatch(agent ->
                        !task.screenedBy().contains(agent.id()) && task.needs().areMetBy(agent));
    }

    private void offer(final Task task, final String agent) throws StoreException {
        final Optional<Lease> lease;
        try {
            lease = store.jobs().lease(task.job(), agent);
        } catch (final StoreException e) {
            scheduler.add(task, true, System.nanoTime());
            throw e;
        }
        if (lease.isEmpty()) {
            // Its late result has come meanwhile; the event is on its way.
            return;
        }
        watch.add(task.job(), agent, lease.get().token(), System.nanoTime());
        leases.executeOnKey(
                task.job(),
                new Offer(new Leased(Leased.OFFERED, agent, lease.get().token(), 0, sealed(lease.get()))));
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
