package dev.maar.transport;

import dev.maar.transport.mesh.Carrier;
import dev.maar.transport.mesh.Message;
import dev.maar.transport.mesh.Peer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The other runtimes, as far as topics are concerned: tells them of this runtime's subscribers, offers this runtime's
 * publishers to theirs, joins what they offer. Guarded by the registry's lock; may wait for the media driver, and for
 * nobody else.
 */
final class Neighbours {

    private static final System.Logger LOG = System.getLogger(TransportRuntime.class.getName());

    /** More subscribers than any runtime has; a peer that speaks of more is not listened to. */
    private static final int MAX_WISHES = 100_000;

    private final Members members;
    private final Logs logs;
    private final Arrivals arrivals;
    private final Map<Peer, Neighbour> neighbours = new LinkedHashMap<>();
    private long routes;

    Neighbours(final Members members, final Logs logs, final Inlets inlets) {
        this.members = members;
        this.logs = logs;
        this.arrivals = new Arrivals(members, logs, inlets);
    }

    void found(final Peer peer) {
        final Neighbour neighbour = new Neighbour(peer);
        neighbours.put(peer, neighbour);
        logs.attached().ifPresent(neighbour::tell);
        for (final Subscription<?> subscription : members.subscriptions()) {
            if (!subscription.isClosed()) {
                neighbour.tell(subscribed(subscription));
            }
        }
    }

    private static Message subscribed(final Subscription<?> subscription) {
        return new Message.Subscribed(
                subscription.number(),
                subscription.options().isLeaky(),
                subscription.topic().name());
    }

    /**
     * What its publishers have committed is still delivered; its subscribers hold nobody back any more.
     *
     * @return the media driver that it used, if that is this host's
     */
    Optional<Message.Attached> lost(final Peer peer, final boolean orderly) {
        final Neighbour neighbour = neighbours.remove(peer);
        if (neighbour != null) {
            if (!orderly && peer.isSameHost()) {
                neighbour.attached().ifPresent(logs::dismiss);
            }
            List.copyOf(neighbour.outbounds().values()).forEach(neighbour::dismiss);
            neighbour.inbounds().values().forEach(arrivals::died);
        }
        return Optional.ofNullable(neighbour).filter(gone -> peer.isSameHost()).flatMap(Neighbour::attached);
    }

    /** This runtime uses a media driver now. */
    void attached(final Message.Attached to) {
        neighbours.keySet().stream().filter(Peer::isSameHost).forEach(peer -> peer.send(to));
    }

    /** The logs of this runtime's publishers are not written to any more; those who read them are awaited elsewhere. */
    void withdraw(final TopicPublisher<?> publisher, final Transition transition) {
        for (final Neighbour neighbour : neighbours.values()) {
            for (final Neighbour.Outbound outbound : neighbour.outbounds(publisher)) {
                if (outbound.isJoined()) {
                    transition.await(neighbour.key(outbound.wish()));
                }
                neighbour.outbounds().remove(outbound.number());
                neighbour.tell(new Message.Withdrawn(outbound.number()));
            }
        }
    }

    /** The logs of a driver that has gone, as far as this runtime reads those of others. */
    void handOver(final FormerNode former) {
        for (final Neighbour neighbour : neighbours.values()) {
            neighbour.inbounds().values().forEach(inbound -> former.add(inbound.reader()));
            if (!neighbour.peer().isSameHost()) {
                comeAgain(neighbour);
            }
        }
        arrivals.giveUp();
    }

    /** A runtime of another host does not know of the driver here: it is asked for everything anew. */
    private void comeAgain(final Neighbour neighbour) {
        neighbour.inbounds().values().forEach(Neighbour.Inbound::end);
        neighbour.inbounds().clear();
        for (final Subscription<?> subscription : members.subscriptions()) {
            neighbour.tell(new Message.Unsubscribed(subscription.number()));
            neighbour.tell(subscribed(subscription));
        }
    }

    void told(final Peer peer, final Message message) {
        final Neighbour neighbour = neighbours.get(peer);
        if (neighbour == null) {
            return;
        }
        if (message instanceof final Message.Attached attached && peer.isSameHost()) {
            neighbour.attached(attached);
        } else if (message instanceof final Message.Subscribed subscribed) {
            wished(neighbour, subscribed);
        } else if (message instanceof final Message.Unsubscribed unsubscribed) {
            neighbour.wishes().remove(unsubscribed.subscriber());
            neighbour.dismissAll(unsubscribed.subscriber());
        } else if (message instanceof final Message.Offered offered) {
            arrivals.offered(neighbour, offered);
        } else if (message instanceof final Message.Accepted accepted) {
            accepted(neighbour, accepted);
        } else if (message instanceof final Message.Refused refused) {
            refused(neighbour, refused);
        } else if (message instanceof final Message.Arrived arrived) {
            arrived(neighbour, arrived);
        } else if (message instanceof final Message.Left left) {
            left(neighbour, left);
        } else if (message instanceof final Message.Withdrawn withdrawn) {
            Optional.ofNullable(neighbour.inbounds().remove(withdrawn.route())).ifPresent(arrivals::withdrawn);
        }
    }

    private void wished(final Neighbour neighbour, final Message.Subscribed subscribed) {
        if (neighbour.wishes().size() >= MAX_WISHES) {
            LOG.log(System.Logger.Level.WARNING, neighbour.peer() + " has too many subscribers");
            return;
        }
        final Neighbour.Wish wish = new Neighbour.Wish(subscribed.subscriber(), subscribed.topic(), subscribed.leaky());
        if (neighbour.wishes().putIfAbsent(wish.number(), wish) == null) {
            members.publishers().forEach(publisher -> offer(publisher, neighbour, wish));
        }
    }

    /** Offers a new publisher to all who wish for its topic. */
    void joined(final TopicPublisher<?> publisher) {
        for (final Neighbour neighbour : neighbours.values()) {
            List.copyOf(neighbour.wishes().values()).forEach(wish -> offer(publisher, neighbour, wish));
        }
    }

    private void offer(final TopicPublisher<?> publisher, final Neighbour neighbour, final Neighbour.Wish wish) {
        if (publisher.isClosed() || !publisher.topic().name().equals(wish.topic())) {
            return;
        }
        offer(
                publisher,
                neighbour,
                wish,
                publisher.selection().to(neighbour.peer().isSameHost()));
    }

    private void offer(
            final TopicPublisher<?> publisher,
            final Neighbour neighbour,
            final Neighbour.Wish wish,
            final Transport transport) {
        final Peer peer = neighbour.peer();
        try {
            final LogRoute route = route(publisher, neighbour, wish, transport);
            final long number = routes++;
            final Optional<Message.Offered> offer = route.offer(number, wish.number(), peer);
            if (offer.isPresent()) {
                neighbour
                        .outbounds()
                        .put(number, new Neighbour.Outbound(number, publisher, route, wish, Optional.empty(), false));
                neighbour.tell(offer.get());
            } else {
                unserved(publisher.topic(), peer, transport.label() + " does not lead there");
            }
        } catch (final TransportException failure) {
            if (transport == Transport.UDP && publisher.selection().inside() != Transport.UDP) {
                useTcp(publisher, neighbour, wish, String.valueOf(failure.getMessage()));
            } else {
                unserved(publisher.topic(), peer, String.valueOf(failure.getMessage()));
            }
        }
    }

    /** A process may be frozen as a whole: then its leaky subscribers do not read either, and are not to hold others back. */
    private LogRoute route(
            final TopicPublisher<?> publisher,
            final Neighbour neighbour,
            final Neighbour.Wish wish,
            final Transport transport) {
        return wish.isLeaky() && (transport == Transport.TCP || neighbour.peer().isSameHost())
                ? publisher.routeApart(transport, route -> isUnusedBut(neighbour, route), logs)
                : publisher.route(transport, logs);
    }

    private boolean isUnusedBut(final Neighbour by, final LogRoute route) {
        return neighbours.values().stream()
                .filter(each -> each != by)
                .flatMap(each -> each.outbounds().values().stream())
                .noneMatch(outbound -> outbound.route() == route);
    }

    private void useTcp(
            final TopicPublisher<?> publisher,
            final Neighbour neighbour,
            final Neighbour.Wish wish,
            final String reason) {
        LOG.log(
                System.Logger.Level.INFO,
                () -> "topic " + publisher.topic() + ": UDP does not get through to " + neighbour.peer()
                        + ", so TCP is used: " + reason);
        offer(publisher, neighbour, wish, Transport.TCP);
    }

    private static void unserved(final Topic<?> topic, final Peer peer, final String reason) {
        LOG.log(
                System.Logger.Level.WARNING,
                () -> "topic " + topic + ": a subscriber in " + peer + " is not served: " + reason);
    }

    /** Whether logs of others are to come or to end. */
    boolean isExpecting() {
        return arrivals.isExpecting();
    }

    /** Joins the logs that have come, and ends those whose end has not come. */
    void arrive() {
        arrivals.arrive(neighbour -> neighbours.get(neighbour.peer()) == neighbour);
    }

    private void accepted(final Neighbour neighbour, final Message.Accepted answer) {
        final Neighbour.Outbound outbound = neighbour.outbounds().get(answer.route());
        if (outbound == null || outbound.guest().isPresent()) {
            return;
        }
        final Guest guest = new Guest(neighbour.peer(), outbound.wish().isLeaky(), answer);
        try {
            final boolean joined = Logs.translated(() -> outbound.route().invite(guest));
            neighbour.outbounds().put(answer.route(), outbound.accepted(guest, joined));
            if (joined) {
                outbound.publisher().settled(neighbour.key(outbound.wish()));
            }
        } catch (final TransportException failure) {
            neighbour.dismiss(outbound);
            unserved(outbound.publisher().topic(), neighbour.peer(), String.valueOf(failure.getMessage()));
        }
    }

    private void arrived(final Neighbour neighbour, final Message.Arrived arrived) {
        final Neighbour.Outbound outbound = neighbour.outbounds().get(arrived.route());
        if (outbound == null || outbound.isJoined() || outbound.guest().isEmpty()) {
            return;
        }
        logs.consumed(neighbour.peer(), arrived.route(), arrived.position());
        outbound.guest().ifPresent(outbound.route()::admit);
        neighbour.outbounds().put(arrived.route(), outbound.joined());
        outbound.publisher().settled(neighbour.key(outbound.wish()));
    }

    /** Whoever leaves a log that came by UDP and still wishes for the topic was cut off for too long, and begins anew. */
    private void left(final Neighbour neighbour, final Message.Left left) {
        final Neighbour.Outbound outbound = neighbour.outbounds().get(left.route());
        if (outbound == null) {
            return;
        }
        neighbour.dismiss(outbound);
        final Neighbour.Wish wish = neighbour.wishes().get(outbound.wish().number());
        if (wish != null && outbound.isJoined() && outbound.route().transport() == Transport.UDP) {
            offer(outbound.publisher(), neighbour, wish);
        }
    }

    private void refused(final Neighbour neighbour, final Message.Refused refusal) {
        final Neighbour.Outbound outbound = neighbour.outbounds().get(refusal.route());
        if (outbound != null
                && outbound.route().transport() == Transport.UDP
                && outbound.publisher().selection().inside() != Transport.UDP) {
            neighbour.outbounds().remove(outbound.number());
            outbound.guest().ifPresent(outbound.route()::dismiss);
            useTcp(outbound.publisher(), neighbour, outbound.wish(), refusal.reason());
        } else if (outbound != null) {
            neighbour.dismiss(outbound);
            unserved(outbound.publisher().topic(), neighbour.peer(), refusal.reason());
        }
    }

    /** Tells all of a new subscription. */
    void joined(final Subscription<?> subscription) {
        neighbours.values().forEach(neighbour -> neighbour.tell(subscribed(subscription)));
    }

    /** Other runtimes' publishers do not wait for this subscription any more. */
    void part(final Subscription<?> subscription) {
        neighbours.values().forEach(neighbour -> neighbour.tell(new Message.Unsubscribed(subscription.number())));
    }

    void leave(final Subscription<?> subscription) {
        for (final Neighbour neighbour : neighbours.values()) {
            neighbour.inbounds().values().removeIf(each -> each.subscription() == subscription);
        }
    }

    /** A subscription has let go of links that have ended; of those whose publisher did not say so it is told. */
    void dropped(final Subscription<?> subscription) {
        for (final Neighbour neighbour : neighbours.values()) {
            for (final Neighbour.Inbound inbound :
                    List.copyOf(neighbour.inbounds().values())) {
                if (inbound.carrier() == Carrier.UDP
                        && inbound.subscription() == subscription
                        && inbound.reader().isClosed()) {
                    neighbour.inbounds().remove(inbound.number());
                    neighbour.tell(new Message.Left(inbound.number()));
                }
            }
        }
    }

    /** Before the publisher ends its logs. */
    void leave(final TopicPublisher<?> publisher) {
        for (final Neighbour neighbour : neighbours.values()) {
            for (final Neighbour.Outbound outbound : neighbour.outbounds(publisher)) {
                neighbour.outbounds().remove(outbound.number());
                neighbour.tell(new Message.Withdrawn(outbound.number()));
            }
        }
    }

    /** Which of the publisher's messages go to other runtimes, and how. */
    Stream<Connection> connections(final TopicPublisher<?> publisher) {
        final List<Connection> connections = new ArrayList<>();
        for (final Neighbour neighbour : neighbours.values()) {
            for (final Neighbour.Outbound outbound : neighbour.outbounds(publisher)) {
                if (outbound.isJoined()) {
                    connections.add(new Connection(
                            outbound.route().transport(), neighbour.peer().toString()));
                }
            }
        }
        return connections.stream();
    }
}
