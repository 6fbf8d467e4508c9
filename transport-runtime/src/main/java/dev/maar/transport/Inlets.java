package dev.maar.transport;

import dev.maar.transport.aeron.LogReader;

/** Makes the receiving ends of links, as each subscription wants them. */
final class Inlets {

    private final int maxInFlight;
    private final Tallies tallies;
    private final Dispatcher drains;

    /** Leaky subscribers' logs are read by {@code drains}. */
    Inlets(final int maxInFlight, final Tallies tallies, final Dispatcher drains) {
        this.maxInFlight = maxInFlight;
        this.tallies = tallies;
        this.drains = drains;
    }

    /** What counts for each end of a link. */
    Tallies tallies() {
        return tallies;
    }

    /** Joins both inside the runtime. Under the registry's lock. */
    <T> void connect(final TopicPublisher<T> publisher, final Subscription<T> subscription) {
        if (subscription.options().isLeaky()) {
            final LeakyInlet<T> inlet = leaky(subscription, Transport.LOCAL);
            subscription.add(inlet);
            publisher.add(new LeakyOutlet<>(inlet, subscription));
        } else {
            final LocalRing ring = new LocalRing(maxInFlight);
            subscription.add(
                    new LocalInlet<>(ring, tallies.acquire(subscription.topic(), Transport.LOCAL), publisher.isRaw()));
            publisher.add(new LocalOutlet<>(ring, subscription));
        }
    }

    /** The end of a link through a log. */
    <T> Inlet<T> of(final Subscription<T> subscription, final LogReader reader, final Transport transport) {
        if (!subscription.options().isLeaky()) {
            return new LogInlet<>(
                    reader,
                    tallies.acquire(subscription.topic(), transport),
                    subscription.topic().codec());
        }
        final LeakyInlet<T> inlet = leaky(subscription, transport);
        final Drain drain = new Drain(reader, inlet, drains);
        inlet.filledBy(drain);
        drains.add(drain);
        return inlet;
    }

    private <T> LeakyInlet<T> leaky(final Subscription<T> subscription, final Transport transport) {
        final int capacity = subscription.options().leakyCapacity().orElseThrow();
        return new LeakyInlet<>(
                capacity,
                tallies.acquire(subscription.topic(), transport),
                subscription.topic().codec());
    }
}
