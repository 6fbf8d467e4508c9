package dev.maar.transport;

import dev.maar.transport.aeron.LogReader;
import dev.maar.transport.mesh.Message;
import dev.maar.transport.mesh.Peer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Who publishes and who subscribes in one runtime. Joins and parts them, on the thread that comes or goes; messages never
 * pass here. Thread-safe.
 */
final class Registry {

    private static final System.Logger LOG = System.getLogger(TransportRuntime.class.getName());

    private final Logs logs;
    private final Inlets inlets;
    private final Members members = new Members();
    private final Neighbours neighbours;
    private final List<FormerNode> formers = new ArrayList<>();
    private long subscriptions;

    Registry(final Logs logs, final Inlets inlets) {
        this.logs = logs;
        this.inlets = inlets;
        this.neighbours = new Neighbours(members, logs, inlets);
    }

    /** A number for a new subscription of this runtime. */
    synchronized long nextNumber() {
        return subscriptions++;
    }

    synchronized <T> void join(final TopicPublisher<T> publisher) {
        members.add(publisher);
        for (final Subscription<?> subscription : members.subscriptions()) {
            if (belong(publisher, subscription)) {
                connect(publisher, this.<T>typed(subscription));
            }
        }
        neighbours.joined(publisher);
    }

    synchronized <T> void join(final Subscription<T> subscription) {
        members.add(subscription);
        for (final TopicPublisher<?> publisher : members.publishers()) {
            if (belong(publisher, subscription)) {
                connect(this.<T>typed(publisher), subscription);
            }
        }
        neighbours.joined(subscription);
    }

    private <T> void connect(final TopicPublisher<T> publisher, final Subscription<T> subscription) {
        if (publisher.transport() == Transport.LOCAL) {
            inlets.connect(publisher, subscription);
            return;
        }
        final LogRoute route = publisher.route(publisher.transport(), logs);
        final LogReader reader =
                Logs.translated(() -> route.join(subscription.options().isLeaky()));
        subscription.add(inlets.of(subscription, reader, route.transport()));
        publisher.add(subscription, route, reader);
        publisher.overridesLocal();
    }

    /** What counts for each end of a link. */
    Tallies tallies() {
        return inlets.tallies();
    }

    /** Another runtime is there. */
    synchronized void found(final Peer peer) {
        neighbours.found(peer);
    }

    /** Another runtime has gone; not orderly when its process has died. */
    synchronized void lost(final Peer peer, final boolean orderly) {
        neighbours
                .lost(peer, orderly)
                .filter(Message.Attached::owner)
                .ifPresent(attached -> renew(attached.startedAt()));
    }

    /** A subscriber of another runtime has finished with something. Not under the lock: this is often, and soon done. */
    void consumed(final Peer peer, final long route, final long position) {
        logs.consumed(peer, route, position);
    }

    /** Nothing arrives any more at a runtime that has gone. Not under the lock, so that nobody waits for that in vain. */
    void unreachable(final Peer peer) {
        logs.lost(peer);
    }

    /** Another runtime says something. When it uses a newer media driver than this one, the older has gone. */
    synchronized void told(final Peer peer, final Message message) {
        neighbours.told(peer, message);
        if (message instanceof final Message.Attached theirs && peer.isSameHost()) {
            logs.attached()
                    .filter(own -> own.startedAt() < theirs.startedAt())
                    .ifPresent(own -> renew(own.startedAt()));
        }
    }

    /** This runtime uses a media driver now. */
    synchronized void attached(final Message.Attached to) {
        neighbours.attached(to);
    }

    /**
     * A media driver has gone, and if it was this runtime's, everything that went through it begins anew with another
     * one. What is in the old logs is still read by those who live.
     *
     * @param startedAt which driver
     */
    synchronized void renew(final long startedAt) {
        final FormerNode former = logs.detach(startedAt).orElse(null);
        if (former == null) {
            return;
        }
        LOG.log(System.Logger.Level.INFO, "the media driver of this host has gone; going on with another one");
        formers.add(former);
        neighbours.handOver(former);
        final Map<TopicPublisher<?>, Transition> suspended = new LinkedHashMap<>();
        for (final TopicPublisher<?> publisher : members.publishers()) {
            publisher.suspend(former).ifPresent(transition -> {
                neighbours.withdraw(publisher, transition);
                suspended.put(publisher, transition);
            });
        }
        suspended.forEach((publisher, transition) -> {
            resume(publisher);
            transition.resumed();
        });
    }

    private <T> void resume(final TopicPublisher<T> publisher) {
        try {
            for (final Subscription<?> subscription : members.subscriptions()) {
                if (publisher.transport() != Transport.LOCAL && belong(publisher, subscription)) {
                    connect(publisher, this.<T>typed(subscription));
                }
            }
            neighbours.joined(publisher);
        } catch (final TransportException failure) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    () -> "topic " + publisher.topic() + ": its subscribers are lost with the media driver: "
                            + failure.getMessage());
        }
    }

    /** Whether something is left of drivers that have gone, or logs are to come. */
    synchronized boolean isUntidy() {
        return !formers.isEmpty() || neighbours.isExpecting() || logs.isDelivering();
    }

    /** Joins logs that have come, frees what is left of drivers that have gone and is not needed any more. */
    synchronized void tidy() {
        neighbours.arrive();
        formers.removeIf(former -> {
            final boolean done = former.isDone();
            if (done) {
                former.close();
            }
            return done;
        });
    }

    /** Frees all that is left of drivers that have gone; nobody may be reading. */
    synchronized void closeFormers() {
        formers.forEach(FormerNode::close);
        formers.clear();
    }

    synchronized List<Connection> connections(final TopicPublisher<?> publisher) {
        return Stream.concat(publisher.ownConnections().stream(), neighbours.connections(publisher))
                .toList();
    }

    /** The publisher sends no more; its links stay until they are drained. */
    synchronized void leave(final TopicPublisher<?> publisher) {
        if (members.remove(publisher)) {
            publisher.end();
            for (final Transport transport : Transport.values()) {
                inlets.tallies().release(publisher.tally(transport));
            }
            neighbours.leave(publisher);
        }
    }

    /** Publishers send nothing more to this subscription; its links stay until it leaves. */
    synchronized void part(final Subscription<?> subscription) {
        for (final TopicPublisher<?> publisher : members.publishers()) {
            publisher.remove(subscription);
        }
        neighbours.part(subscription);
    }

    synchronized void leave(final Subscription<?> subscription) {
        if (members.remove(subscription)) {
            neighbours.leave(subscription);
            for (final Inlet<?> inlet : subscription.inlets()) {
                drop(subscription, inlet);
            }
        }
    }

    synchronized void drop(final Subscription<?> subscription, final Inlet<?> inlet) {
        inlet.close(); // first: until then a leaky link may go on dropping
        subscription.remove(inlet);
        inlets.tallies().release(inlet.tally());
        neighbours.dropped(subscription);
    }

    /**
     * Closes everyone. Not under the lock as a whole: closing waits for those who are working.
     *
     * @return those who are still working: the caller itself, from within a handler, or someone who takes very long
     */
    List<Gate> closeAll() {
        final List<TopicPublisher<?>> leavingPublishers;
        final List<Subscription<?>> leavingSubscriptions;
        synchronized (this) {
            leavingPublishers = List.copyOf(members.publishers());
            leavingSubscriptions = List.copyOf(members.subscriptions());
        }
        leavingPublishers.forEach(TopicPublisher::close);
        leavingSubscriptions.forEach(Subscription::close);
        return Stream.concat(
                        leavingPublishers.stream().map(TopicPublisher::gate),
                        leavingSubscriptions.stream().map(Subscription::gate))
                .filter(gate -> !gate.isEmpty())
                .toList();
    }

    synchronized long dropped(final Subscription<?> subscription) {
        return subscription.droppedByLinks();
    }

    private static boolean belong(final TopicPublisher<?> publisher, final Subscription<?> subscription) {
        return !publisher.isClosed()
                && !subscription.isClosed()
                && publisher.topic().name().equals(subscription.topic().name());
    }

    /** Members of one topic agree on its type; that is the contract of {@link Topic}. */
    @SuppressWarnings("unchecked")
    private <T> Subscription<T> typed(final Subscription<?> subscription) {
        return (Subscription<T>) subscription;
    }

    @SuppressWarnings("unchecked")
    private <T> TopicPublisher<T> typed(final TopicPublisher<?> publisher) {
        return (TopicPublisher<T>) publisher;
    }
}
