package dev.maar.transport;

import dev.maar.transport.aeron.LogReader;
import dev.maar.transport.aeron.UdpArrival;
import dev.maar.transport.aeron.UdpOffer;
import dev.maar.transport.mesh.Carrier;
import dev.maar.transport.mesh.Message;
import dev.maar.transport.mesh.Token;
import dev.maar.transport.tcp.TcpLinks;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The logs of other runtimes' publishers, from the offer to the end. Guarded by the registry's lock. */
final class Arrivals {

    private static final System.Logger LOG = System.getLogger(TransportRuntime.class.getName());

    /** How long bytes of a dead process that have come to this host may take to get into the log. */
    private static final long ARRIVED_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** How long what a publisher sent before it left may be on its way: as long as it is waited for. */
    private static final long DELIVERED_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final Members members;
    private final Logs logs;
    private final Inlets inlets;
    private final List<Arrival> arrivals = new ArrayList<>();
    private final List<Ending> endings = new ArrayList<>();

    Arrivals(final Members members, final Logs logs, final Inlets inlets) {
        this.members = members;
        this.logs = logs;
        this.inlets = inlets;
    }

    /** The publisher's process has died. */
    void died(final Neighbour.Inbound inbound) {
        end(inbound, ARRIVED_NANOS);
    }

    /** The publisher sends no more. */
    void withdrawn(final Neighbour.Inbound inbound) {
        end(inbound, DELIVERED_NANOS);
    }

    /** What is in shared memory is all there is; by the network something may still be on its way. */
    private void end(final Neighbour.Inbound inbound, final long nanos) {
        if (inbound.carrier() == Carrier.SHM) {
            inbound.end();
        } else {
            inbound.subscription().publisherLeft();
            endings.add(new Ending(inbound, System.nanoTime() + nanos));
        }
    }

    /** The media driver has gone that would have held the logs that are to come. */
    void giveUp() {
        arrivals.forEach(Arrival::giveUp);
        arrivals.clear();
    }

    void offered(final Neighbour neighbour, final Message.Offered offer) {
        final Subscription<?> subscription = members.subscription(offer.subscriber());
        if (subscription == null) {
            neighbour.tell(new Message.Left(offer.route()));
            return;
        }
        try {
            switch (offer.carrier()) {
                case SHM -> {
                    if (neighbour.shares(logs.attach())) {
                        join(neighbour, offer, subscription);
                    }
                }
                case TCP -> expect(neighbour, offer, subscription);
                case UDP -> await(neighbour, offer, subscription);
            }
        } catch (final TransportException failure) {
            refuse(neighbour, offer, subscription, failure);
        }
    }

    private void join(final Neighbour neighbour, final Message.Offered offer, final Subscription<?> subscription) {
        final LogReader reader = logs.join(offer.log());
        add(neighbour, offer, subscription, reader);
        neighbour.tell(new Message.Accepted(offer.route(), reader.positionId(), "", Token.NONE));
    }

    private <T> void add(
            final Neighbour neighbour,
            final Message.Offered offer,
            final Subscription<T> subscription,
            final LogReader reader) {
        subscription.add(inlets.of(
                subscription, reader, Transport.valueOf(offer.carrier().name())));
        neighbour
                .inbounds()
                .put(offer.route(), new Neighbour.Inbound(offer.route(), offer.carrier(), subscription, reader));
        if (offer.carrier() == Carrier.UDP) {
            subscription.publisherLeft(); // it is looked at whether the log ends: a long cut ends it, too
        }
    }

    private void expect(final Neighbour neighbour, final Message.Offered offer, final Subscription<?> subscription) {
        final Token token = Token.of(TcpLinks.newToken());
        arrivals.add(new Arrival(neighbour, offer, subscription, logs.expect(token)));
        final String host = neighbour
                .peer()
                .ownAddress()
                .map(address -> address instanceof Inet6Address
                        ? "[" + address.getHostAddress() + "]"
                        : address.getHostAddress())
                .orElse("localhost");
        neighbour.tell(new Message.Accepted(offer.route(), 0, host + ":" + logs.linkPort(), token));
    }

    /** Whether datagrams get through to the port that is named is only known when one has come. */
    private void await(final Neighbour neighbour, final Message.Offered offer, final Subscription<?> subscription) {
        final InetAddress at = neighbour.peer().ownAddress().orElseGet(InetAddress::getLoopbackAddress);
        // What another runtime says becomes part of a channel's URI, and must be nothing but a group.
        final Optional<String> group = Optional.of(offer.address())
                .filter(text -> !text.isEmpty())
                .map(text -> NetworkSettings.group("the group that " + neighbour.peer() + " sends to", text));
        final UdpArrival arrival = logs.expect(offer.log(), group, at);
        arrivals.add(new Arrival(neighbour, offer, subscription, arrival));
        neighbour.tell(new Message.Accepted(offer.route(), 0, arrival.endpoint(), Token.NONE));
    }

    /** Whether logs are to come or to end. */
    boolean isExpecting() {
        return !arrivals.isEmpty() || !endings.isEmpty();
    }

    /** Joins the logs that have come, and ends those whose end has not come. */
    void arrive(final Predicate<Neighbour> isThere) {
        List.copyOf(arrivals).forEach(arrival -> arrive(arrival, isThere));
        endings.removeIf(Ending::isDone);
    }

    private void arrive(final Arrival arrival, final Predicate<Neighbour> isThere) {
        final Neighbour neighbour = arrival.neighbour();
        if (!isThere.test(neighbour) || arrival.isVain()) {
            arrivals.remove(arrival);
            arrival.giveUp();
            neighbour.tell(new Message.Left(arrival.offer().route()));
            return;
        }
        try {
            Logs.translated(arrival::reader).ifPresent(reader -> {
                arrivals.remove(arrival);
                arrival.acknowledge(reader);
                add(neighbour, arrival.offer(), arrival.subscription(), reader);
            });
            if (arrivals.contains(arrival) && arrival.isLate()) {
                arrivals.remove(arrival);
                arrival.giveUp();
                neighbour.tell(new Message.Refused(
                        arrival.offer().route(),
                        "no datagram has come within " + UdpOffer.DEADLINE_DEFAULT.toSeconds() + " s"));
            }
        } catch (final TransportException failure) {
            arrivals.remove(arrival);
            arrival.giveUp();
            refuse(neighbour, arrival.offer(), arrival.subscription(), failure);
        }
    }

    private static void refuse(
            final Neighbour neighbour,
            final Message.Offered offer,
            final Subscription<?> subscription,
            final TransportException failure) {
        LOG.log(
                System.Logger.Level.WARNING,
                () -> "topic " + subscription.topic() + ": a publisher in " + neighbour.peer() + " can not be heard: "
                        + failure.getMessage());
        neighbour.tell(new Message.Refused(offer.route(), String.valueOf(failure.getMessage())));
    }

    /** A log whose publisher has left, and when its end must have come. */
    private record Ending(Neighbour.Inbound inbound, long at) {

        boolean isDone() {
            final boolean due = System.nanoTime() - at >= 0;
            if (due) {
                inbound.end();
            }
            return due || inbound.reader().isClosed();
        }
    }
}
