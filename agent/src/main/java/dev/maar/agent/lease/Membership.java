package dev.maar.agent.lease;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.Config;
import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import com.hazelcast.query.Predicate;
import com.hazelcast.query.Predicates;
import dev.maar.agent.job.AgentFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An agent as a member of the cluster. Every method may find that no coordinator can be reached; that is an answer and not an error,
 * for agents outlive coordinators. So is what is no lease where a
 * lease should be: coordinators remove it. Safe for several threads.
 */
final class Membership implements AutoCloseable {

    private static final long ANSWER_SECONDS = 30;

    private final HazelcastInstance cluster;
    private final IMap<String, Leased> leases;
    private final String agent;

    private Membership(final HazelcastInstance cluster, final String agent) {
        this.cluster = cluster;
        this.leases = cluster.getMap(Wire.LEASES);
        this.agent = agent;
    }

    /** Joins; also when no coordinator is there yet. */
    static Membership join(final ClusterSettings settings, final AgentFacts facts) throws IOException {
        final Config config = Wire.agent(
                settings,
                Map.of(
                        Wire.ROLE,
                        "agent",
                        "maar.agent",
                        facts.id(),
                        "maar.host",
                        facts.name(),
                        "maar.cpu",
                        facts.cpu(),
                        "maar.cores",
                        Integer.toString(facts.cores()),
                        "maar.memory",
                        Long.toString(facts.memoryBytes())));
        try {
            return new Membership(Hazelcast.newHazelcastInstance(config), facts.id());
        } catch (final HazelcastException | IllegalStateException e) {
            throw new IOException(
                    "can not listen on " + settings.address() + ":" + settings.port() + ": " + e.getMessage(), e);
        }
    }

    /** This member's id, which is new at each start. */
    String id() {
        return cluster.getCluster().getLocalMember().getUuid().toString();
    }

    /** Calls this back when there may be an offer for us. */
    void onOffer(final Runnable woken) {
        final Offered listener = new Offered(woken);
        leases.addEntryListener(listener, Predicates.equal("owner", agent), false);
    }

    private record Offered(Runnable woken)
            implements EntryAddedListener<String, Leased>, EntryUpdatedListener<String, Leased> {
        @Override
        public void entryAdded(final EntryEvent<String, Leased> event) {
            woken.run();
        }

        @Override
        public void entryUpdated(final EntryEvent<String, Leased> event) {
            woken.run();
        }
    }

    /** Asks a coordinator something; nothing when none answers. */
    Optional<Answer> call(final Sealed sealed) throws InterruptedException {
        try {
            final Optional<Member> coordinator = cluster.getCluster().getMembers().stream()
                    .filter(member -> Wire.COORDINATOR.equals(member.getAttribute(Wire.ROLE)))
                    .findFirst();
            if (coordinator.isEmpty()) {
                return Optional.empty();
            }
            final Future<Answer> answer =
                    cluster.getExecutorService(Wire.CALLS).submitToMember(new Call(sealed), coordinator.get());
            return Optional.of(answer.get(ANSWER_SECONDS, TimeUnit.SECONDS));
        } catch (final ExecutionException
                | TimeoutException
                | RejectedExecutionException
                | HazelcastException
                | IllegalStateException e) {
            return Optional.empty();
        }
    }

    /** What is offered to us. */
    record Offering(String job, Leased leased) {}

    /** The offers for us that nobody has claimed. */
    List<Offering> offers() {
        try {
            final Predicate<String, Leased> ours =
                    Predicates.and(Predicates.equal("owner", agent), Predicates.equal("state", Leased.OFFERED));
            final List<Offering> offers = new ArrayList<>();
            leases.entrySet(ours).forEach(found -> offers.add(new Offering(found.getKey(), found.getValue())));
            return offers;
        } catch (final HazelcastException | IllegalStateException | ClassCastException e) {
            return List.of();
        }
    }

    /** Takes an offer; false when it is gone or nobody can be reached. */
    boolean claim(final Offering offer) {
        try {
            return leases.executeOnKey(
                    offer.job(), new Claim(agent, offer.leased().token()));
        } catch (final HazelcastException | IllegalStateException | ClassCastException e) {
            return false;
        }
    }

    /** Renews a lease; nothing when nobody can be reached. */
    Optional<String> renew(final String job, final long token) {
        try {
            return Optional.of(leases.executeOnKey(job, new Renew(agent, token)));
        } catch (final HazelcastException | IllegalStateException | ClassCastException e) {
            return Optional.empty();
        }
    }

    /** Leaves; coordinators are told. */
    @Override
    public void close() {
        cluster.shutdown();
    }
}
