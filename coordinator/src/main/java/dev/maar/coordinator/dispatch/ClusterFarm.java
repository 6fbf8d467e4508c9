package dev.maar.coordinator.dispatch;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import dev.maar.agent.job.AgentFacts;
import dev.maar.agent.job.JobResult;
import dev.maar.agent.lease.ClusterSettings;
import dev.maar.agent.lease.RefusedException;
import dev.maar.agent.lease.Secret;
import dev.maar.agent.lease.Wire;
import dev.maar.coordinator.store.Lease;
import dev.maar.coordinator.store.Store;
import dev.maar.coordinator.store.StoreException;
import java.io.IOException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * A farm whose agents are other processes: this coordinator as the member of a cluster that holds its leases. Takes results in as long as
 * it is open, and hands out the jobs of all experiments that have a board. Safe for several threads.
 */
public final class ClusterFarm implements AutoCloseable {

    private final HazelcastInstance cluster;
    private final Store store;
    private final Map<String, AgentFacts> agents = new ConcurrentHashMap<>();
    private final Map<String, Terms> boards = new ConcurrentHashMap<>();
    private final Dispatcher dispatcher;
    private final Refusals refusals = new Refusals();

    private ClusterFarm(
            final HazelcastInstance cluster,
            final ClusterSettings settings,
            final Secret secret,
            final Store store,
            final Clock clock) {
        this.cluster = cluster;
        this.store = store;
        this.dispatcher = new Dispatcher(cluster.getMap(Wire.LEASES), store, secret, clock, settings.lease());
    }

    /**
     * Opens the farm: from now on agents can join.
     *
     * @param settings where it listens
     * @param secret the farm's keys
     * @param version this Maar's version; agents of another get no work
     * @param store the truth
     * @param packs the sources that jobs name
     * @param clock the time
     * @param told what a user should know, in a line
     * @return the farm
     * @throws IOException when the port can not be had
     */
    public static ClusterFarm open(
            final ClusterSettings settings,
            final Secret secret,
            final String version,
            final Store store,
            final Packs packs,
            final Clock clock,
            final Consumer<String> told)
            throws IOException {
        final HazelcastInstance cluster;
        try {
            cluster = Hazelcast.newHazelcastInstance(Wire.coordinator(settings));
        } catch (final HazelcastException | IllegalStateException e) {
            throw new IOException(
                    "can not listen on " + settings.address() + ":" + settings.port() + ": " + e.getMessage()
                            + "; is another coordinator running there? --port takes another",
                    e);
        }
        final ClusterFarm farm = new ClusterFarm(cluster, settings, secret, store, clock);
        cluster.getUserContext()
                .put(
                        Wire.INTAKE,
                        new ClusterIntake(
                                secret,
                                version,
                                farm::objection,
                                store,
                                clock,
                                event -> farm.heard(event, told),
                                farm.refusals,
                                packs));
        cluster.getCluster().addMembershipListener(new Leavers(farm));
        new LeaseGuard(cluster.getMap(Wire.LEASES), farm.refusals).begin();
        farm.dispatcher.start();
        return farm;
    }

    private record Leavers(ClusterFarm farm) implements MembershipListener {
        @Override
        public void memberAdded(final MembershipEvent event) {
            // Agents are told of when they ask for work.
        }

        @Override
        public void memberRemoved(final MembershipEvent event) {
            farm.dispatcher.tell(new Event.Left(event.getMember().getUuid().toString()));
        }
    }

    /** Why an agent gets no job now; nothing when it may have one. */
    private Optional<String> objection(final AgentFacts agent) {
        final Collection<Terms> terms = boards.values();
        return !terms.isEmpty()
                        && terms.stream().allMatch(Terms::sandboxed)
                        && agent.sandbox().equals("none")
                ? Optional.of("the run is for agents with a sandbox; start it with --sandbox bwrap")
                : Optional.empty();
    }

    private void heard(final Event event, final Consumer<String> told) {
        if (event instanceof final Event.Asked asked) {
            final AgentFacts facts = asked.ask().facts();
            if (agents.put(facts.id(), facts) == null) {
                told.accept("agent " + facts.id() + " on " + facts.name() + ": " + facts.cpu() + ", " + facts.cores()
                        + " cores");
            }
        }
        dispatcher.tell(event);
    }

    /**
     * Begins or goes on with an experiment.
     *
     * @param experiment the id of an experiment that the store knows and that has no other board
     * @param terms on which it gets agents
     * @return the board to post its jobs on
     * @throws StoreException when the store can not be read
     */
    public JobBoard board(final String experiment, final Terms terms) throws StoreException {
        final BlockingQueue<JobResult> results = new LinkedBlockingQueue<>();
        final List<Lease> leased = store.jobs().leased(experiment);
        if (boards.putIfAbsent(experiment, terms) != null) {
            throw new IllegalStateException(experiment + " has a board already");
        }
        dispatcher.tell(new Event.Began(experiment, terms, leased, results::add));
        return new ClusterBoard(dispatcher, experiment, results, agents::values, () -> boards.remove(experiment));
    }

    /**
     * What was not believed so far.
     *
     * @return how often, by reason
     */
    public Map<RefusedException.Reason, Long> refused() {
        return refusals.counts();
    }

    @Override
    public void close() {
        dispatcher.close();
        cluster.shutdown();
    }
}
