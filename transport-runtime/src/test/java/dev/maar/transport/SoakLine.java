package dev.maar.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One transport's part in the soak: a publisher, a subscriber who stays, and guests who do as they like. */
final class SoakLine {

    private static final int MAX_GUESTS = 6;
    private static final int SMALL = 16;
    private static final int LARGE = 200_000;

    /** Messages whose end says the same as their beginning; one more than may be in flight. */
    private static final int RING = TransportContext.MAX_IN_FLIGHT_DEFAULT + 1;

    private final TransportRuntime runtime;
    private final Transport transport;
    private final Topic<ByteBuffer> topic;
    private final SoakTrouble trouble;
    private final Random sizes;
    private final Random choices;
    private final Publisher<ByteBuffer> publisher;
    private final Thread sender = new Thread(this::send, "soak-sender");
    private final Thread host = new Thread(this::entertain, "soak-host");
    private final List<Guest> guests = new ArrayList<>();

    private volatile boolean done;
    private volatile long sent;
    private volatile long heard;
    private long visits;
    private long pauses;
    private long leaks;

    SoakLine(final TransportRuntime runtime, final Transport transport, final long seed, final SoakTrouble trouble) {
        this.runtime = runtime;
        this.transport = transport;
        this.topic = Topic.of(topic(transport), Codec.bytes());
        this.trouble = trouble;
        this.sizes = new Random(seed + transport.ordinal());
        this.choices = new Random(~seed + transport.ordinal());
        this.publisher = runtime.publisher(topic, Forced.options(transport));
        runtime.subscribe(topic, this::hear);
    }

    /** The topic of that transport's part, one word. */
    static String topic(final Transport transport) {
        return "soak-" + transport.label();
    }

    /** A subscriber who may leave at any moment. */
    private final class Guest {
        private final boolean leaky = choices.nextInt(3) == 0;
        private final Receiver<ByteBuffer> receiver =
                leaky ? runtime.receiver(topic, SubscriberOptions.defaults().leaky(4)) : runtime.receiver(topic);
        private long last = -1;

        void listen() {
            for (int i = 0; i < 32; i++) {
                final ByteBuffer message = receiver.tryReceive().orElse(null);
                if (message == null) {
                    break;
                }
                final long number = number(message);
                final boolean next = last < 0 || (leaky ? number > last : number == last + 1);
                if (!next || receiver.delivery().transport() != transport) {
                    trouble.add(transport + ": a guest heard " + number + " after " + last);
                }
                last = number;
            }
            receiver.release();
        }

        void leave() {
            receiver.close();
            leaks += receiver.dropped();
        }
    }

    void start() {
        sender.start();
        host.start();
    }

    private void send() {
        final ByteBuffer[] ring = new ByteBuffer[RING];
        for (int i = 0; i < RING; i++) {
            ring[i] = ByteBuffer.allocateDirect(LARGE);
        }
        try {
            for (long number = 0; !done; number++) {
                final int size =
                        sizes.nextInt(50) == 0 ? SMALL + sizes.nextInt(LARGE - SMALL) : SMALL + sizes.nextInt(500);
                final ByteBuffer message = ring[(int) (number % RING)].clear().limit(size);
                publisher.publish(message.putLong(0, number).putLong(size - Long.BYTES, ~number));
                sent = number + 1;
                if (number % 1_000 == 0) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                }
            }
        } catch (final RuntimeException failure) {
            trouble.add(transport + ": " + failure);
        }
    }

    private void hear(final ByteBuffer message, final Delivery delivery) {
        final long number = number(message);
        if (number != heard || delivery.sequence() != number || delivery.transport() != transport) {
            trouble.add(transport + ": who stays heard " + number + " by " + delivery + ", not " + heard);
        }
        heard = number + 1;
    }

    private long number(final ByteBuffer message) {
        final long number = message.getLong(message.position());
        if (message.getLong(message.limit() - Long.BYTES) != ~number) {
            trouble.add(transport + ": message " + number + " is harmed");
        }
        return number;
    }

    private void entertain() {
        try {
            while (!done) {
                invite();
                guests.forEach(Guest::listen);
            }
            guests.forEach(Guest::leave);
        } catch (final RuntimeException failure) {
            trouble.add(transport + ": " + failure);
        }
    }

    /** Now and then someone comes, goes without hearing the rest, pauses or goes on. */
    private void invite() {
        final int choice = choices.nextInt(400);
        final Guest someone = guests.isEmpty() ? null : guests.get(choices.nextInt(guests.size()));
        if (choice == 0 && guests.size() < MAX_GUESTS) {
            guests.add(new Guest());
            visits++;
        } else if (choice == 1 && someone != null) {
            guests.remove(someone);
            someone.leave();
        } else if (choice == 2 && someone != null) {
            someone.receiver.pause();
            pauses++;
        } else if (choice > 350 && someone != null) {
            someone.receiver.resume();
        } else {
            Thread.yield();
        }
    }

    /** Ends it; everything sent is delivered first. */
    void finish(final long patienceNanos) throws InterruptedException {
        done = true;
        final long millis = TimeUnit.NANOSECONDS.toMillis(patienceNanos);
        host.join(millis);
        sender.join(millis);
        if (host.isAlive() || sender.isAlive()) {
            trouble.add(transport + ": does not end");
        } else if (!publisher.awaitDrained(Duration.ofNanos(patienceNanos))) {
            trouble.add(transport + ": does not drain");
        }
    }

    /** What was sent has arrived, and was counted by the transport that carried it. */
    void check() {
        assertThat(heard).as(toString()).isEqualTo(sent).isPositive();
        assertThat(runtime.counters().sent(transport)).isEqualTo(sent);
        assertThat(runtime.counters().dropped(transport)).isEqualTo(leaks);
    }

    @Override
    public String toString() {
        return transport.label() + ": " + sent + " messages to one who stayed and " + visits + " guests, who paused "
                + pauses + " times and dropped " + leaks;
    }
}
