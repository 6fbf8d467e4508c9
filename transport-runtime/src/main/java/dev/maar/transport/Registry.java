package dev.maar.transport;

import dev.maar.transport.aeron.LogReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who publishes and who subscribes in one runtime. Joins and parts them, on the thread that comes or goes; messages never
 * pass here. Thread-safe.
 */
final class Registry {

    private final int maxInFlight;
    private final Logs logs;
    private final Dispatcher drains;
    private final List<TopicPublisher<?>> publishers = new ArrayList<>();
    private final List<Subscription<?>> subscriptions = new ArrayList<>();

    /** What members counted that have left, by count and transport. */
    private final long[][] retired = new long[Count.values().length][Transport.values().length];

    /** Leaky subscribers' logs are read by {@code drains}. */
    Registry(final int maxInFlight, final Logs logs, final Dispatcher drains) {
        this.maxInFlight = maxInFlight;
        this.logs = logs;
        this.drains = drains;
    }

    synchronized <T> void join(final TopicPublisher<T> publisher) {
        publishers.add(publisher);
        for (final Subscription<?> subscription : subscriptions) {
            if (belong(publisher, subscription)) {
                connect(publisher, this.<T>typed(subscription));
            }
        }
    }

    synchronized <T> void join(final Subscription<T> subscription) {
        subscriptions.add(subscription);
        for (final TopicPublisher<?> publisher : publishers) {
            if (belong(publisher, subscription)) {
                connect(this.<T>typed(publisher), subscription);
            }
        }
    }

    private <T> void connect(final TopicPublisher<T> publisher, final Subscription<T> subscription) {
        if (publisher.transport() == Transport.LOCAL && subscription.options().isLeaky()) {
            final LeakyInlet<T> inlet = leakyInlet(subscription, Transport.LOCAL);
            subscription.add(inlet);
            publisher.add(new LeakyOutlet<>(inlet, subscription));
        } else if (publisher.transport() == Transport.LOCAL) {
            final LocalRing ring = new LocalRing(maxInFlight);
            subscription.add(new LocalInlet<>(ring, publisher.isRaw()));
            publisher.add(new LocalOutlet<>(ring, subscription));
        } else {
            connectByLog(publisher, subscription);
            publisher.overridesLocal();
        }
    }

    private <T> void connectByLog(final TopicPublisher<T> publisher, final Subscription<T> subscription) {
        LogRoute route = publisher.route();
        if (route == null) {
            route = logs.open(publisher.topic(), publisher.transport());
            publisher.open(route);
        }
        final LogRoute opened = route;
        final boolean leaky = subscription.options().isLeaky();
        final LogReader reader = Logs.translated(() -> opened.join(leaky));
        subscription.add(
                leaky
                        ? drained(reader, leakyInlet(subscription, publisher.transport()))
                        : new LogInlet<>(
                                reader,
                                publisher.transport(),
                                subscription.topic().codec()));
        publisher.add(subscription, reader);
    }

    private static <T> LeakyInlet<T> leakyInlet(final Subscription<T> subscription, final Transport transport) {
        final int capacity = subscription.options().leakyCapacity().orElseThrow();
        return new LeakyInlet<>(capacity, transport, subscription.topic().codec());
    }

    private <T> LeakyInlet<T> drained(final LogReader reader, final LeakyInlet<T> inlet) {
        final Drain drain = new Drain(reader, inlet, drains);
        inlet.filledBy(drain);
        drains.add(drain);
        return inlet;
    }

    /** The publisher sends no more; its links stay until they are drained. */
    synchronized void leave(final TopicPublisher<?> publisher) {
        if (publishers.remove(publisher)) {
            for (final Transport transport : Transport.values()) {
                final Tally tally = publisher.tally(transport);
                retire(Count.SENT, transport, tally.messages());
                retire(Count.BYTES_SENT, transport, tally.bytes());
                retire(Count.BACK_PRESSURED, transport, tally.backPressures());
            }
            publisher.end();
        }
    }

    /** Publishers send nothing more to this subscription; its links stay until it leaves. */
    synchronized void part(final Subscription<?> subscription) {
        for (final TopicPublisher<?> publisher : publishers) {
            publisher.remove(subscription);
        }
    }

    synchronized void leave(final Subscription<?> subscription) {
        if (subscriptions.remove(subscription)) {
            for (final Inlet<?> inlet : subscription.inlets()) {
                drop(subscription, inlet);
            }
        }
    }

    synchronized void drop(final Subscription<?> subscription, final Inlet<?> inlet) {
        subscription.remove(inlet);
        retire(Count.RECEIVED, inlet.transport(), inlet.tally().messages());
        retire(Count.BYTES_RECEIVED, inlet.transport(), inlet.tally().bytes());
        retire(Count.DROPPED, inlet.transport(), inlet.dropped());
        inlet.close();
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
            leavingPublishers = List.copyOf(publishers);
            leavingSubscriptions = List.copyOf(subscriptions);
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

    synchronized long total(final Count count, final Transport transport) {
        long total = retired[count.ordinal()][transport.ordinal()];
        for (final TopicPublisher<?> publisher : publishers) {
            total += counted(count, publisher.tally(transport));
        }
        for (final Subscription<?> subscription : subscriptions) {
            for (final Inlet<?> inlet : subscription.inlets()) {
                total += inlet.transport() == transport ? counted(count, inlet) : 0;
            }
        }
        return total;
    }

    private static long counted(final Count count, final Tally sent) {
        return switch (count) {
            case SENT -> sent.messages();
            case BYTES_SENT -> sent.bytes();
            case BACK_PRESSURED -> sent.backPressures();
            case RECEIVED, BYTES_RECEIVED, DROPPED -> 0;
        };
    }

    private static long counted(final Count count, final Inlet<?> inlet) {
        return switch (count) {
            case RECEIVED -> inlet.tally().messages();
            case BYTES_RECEIVED -> inlet.tally().bytes();
            case DROPPED -> inlet.dropped();
            case SENT, BYTES_SENT, BACK_PRESSURED -> 0;
        };
    }

    private void retire(final Count count, final Transport transport, final long amount) {
        retired[count.ordinal()][transport.ordinal()] += amount;
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
