package dev.maar.transport.hosts;

import dev.maar.transport.Codec;
import dev.maar.transport.Connection;
import dev.maar.transport.Delivery;
import dev.maar.transport.Publisher;
import dev.maar.transport.PublisherOptions;
import dev.maar.transport.Topic;
import dev.maar.transport.TransportContext;
import dev.maar.transport.TransportRuntime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32;

/**
 * Publishes or subscribes as one host does, with a runtime. Every message says its number and its checksum; what is not as
 * it should be is said as an error.
 */
final class RuntimeHost {

    static final int SUBSCRIBERS = 2;

    private static final String ADDRESS = TwoHosts.ADDRESS_A + ":4700";
    private static final String GROUP = "239.77.0.3:40779";
    private static final Topic<ByteBuffer> TOPIC = Topic.of("parcels", Codec.bytes());
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long NAP_NANOS = 1_000_000;
    private static final int HEADER = 2 * Long.BYTES;
    private static final int ENDLESS = 0;

    /** So many messages without a gap after one show that all is well again. */
    private static final int WELL = 200;

    /** How one subscriber fares. */
    private static final class Ear {

        private final CRC32 crc = new CRC32();
        private final int index;
        private final int count;
        private final AtomicInteger complete;
        private long received;
        private int gaps;
        private int sinceGap;

        Ear(final int index, final int count, final AtomicInteger complete) {
            this.index = index;
            this.count = count;
            this.complete = complete;
        }

        void hear(final ByteBuffer message, final Delivery delivery) {
            final long number = message.getLong();
            final long sum = message.getLong();
            crc.reset();
            crc.update(message);
            final boolean missed = count == ENDLESS && number > received;
            if ((number != received && !missed) || sum != crc.getValue()) {
                say("error", "message " + received + " is " + number + ", " + delivery);
            }
            note(missed && received > 0, delivery);
            received = number + 1;
            if (received % 16 == 0) {
                say("read", Long.toString(received));
            }
            if (count != ENDLESS && received == count && complete.incrementAndGet() == SUBSCRIBERS) {
                say("complete", delivery.transport().label());
            }
        }

        private void note(final boolean gap, final Delivery delivery) {
            if (gap) {
                gaps++;
                sinceGap = 0;
                say("gaps-" + index, Integer.toString(gaps));
            } else if (gaps > 0 && ++sinceGap == WELL) {
                say("well-" + index, delivery.transport().label());
            }
        }
    }

    private RuntimeHost() {}

    /**
     * Arguments: publish or subscribe, directory, number of messages, and what is forced: none, udp, tcp, or multicast. With 0 messages it
     * publishes one a millisecond until a line of standard input says to stop, and subscribers may miss some in between and say so.
     */
    public static void main(final String[] arguments) throws Exception {
        final Path directory = Path.of(arguments[1]);
        final TransportContext context = new TransportContext()
                .aeronDirectory(directory)
                .countersDirectory(directory.resolveSibling(directory.getFileName() + "-counters"))
                .publishTimeout(PATIENCE)
                .secret("what both hosts know");
        final int count = Integer.parseInt(arguments[2]);
        if (arguments[3].equals("multicast")) {
            context.multicast(GROUP);
        }
        if (arguments[0].equals("publish")) {
            publish(context.listen(ADDRESS), count, arguments[3]);
        } else {
            subscribe(context.listen(TwoHosts.ADDRESS_B + ":4700").peers(List.of(ADDRESS)), count);
        }
        say("closed", "");
    }

    private static void say(final String word, final String value) {
        System.out.println(word + " " + value);
    }

    private static void publish(final TransportContext context, final int count, final String forced)
            throws IOException {
        final PublisherOptions options = switch (forced) {
            case "udp" -> PublisherOptions.defaults().forceUdp(true);
            case "tcp" -> PublisherOptions.defaults().forceTcp(true);
            default -> PublisherOptions.defaults();
        };
        try (TransportRuntime runtime = TransportRuntime.launch(context);
                Publisher<ByteBuffer> publisher = runtime.publisher(TOPIC, options)) {
            say("ready", "");
            while (publisher.connections().size() < SUBSCRIBERS) {
                LockSupport.parkNanos(NAP_NANOS);
            }
            say(
                    "connected",
                    publisher.connections().stream()
                            .map(Connection::transport)
                            .distinct()
                            .toList()
                            .toString()
                            .toLowerCase(Locale.ROOT));
            final Random random = new Random(count);
            for (long number = 0; count == ENDLESS ? System.in.available() == 0 : number < count; number++) {
                publisher.publish(parcel(number, random));
                if (count == ENDLESS) {
                    LockSupport.parkNanos(NAP_NANOS);
                }
                if (number % 16 == 0) {
                    say("sent", Long.toString(number));
                }
            }
            say("published", "");
        }
    }

    private static ByteBuffer parcel(final long number, final Random random) {
        final byte[] content = new byte[random.nextInt(10) == 0 ? random.nextInt(100_000) : random.nextInt(2_000)];
        random.nextBytes(content);
        final CRC32 crc = new CRC32();
        crc.update(content);
        return ByteBuffer.allocate(HEADER + content.length)
                .putLong(number)
                .putLong(crc.getValue())
                .put(content)
                .flip();
    }

    private static void subscribe(final TransportContext context, final int count) throws Exception {
        try (TransportRuntime runtime = TransportRuntime.launch(context)) {
            final AtomicInteger complete = new AtomicInteger();
            for (int i = 0; i < SUBSCRIBERS; i++) {
                runtime.subscribe(TOPIC, new Ear(i, count, complete)::hear);
            }
            while (count == ENDLESS ? System.in.available() == 0 : complete.get() < SUBSCRIBERS) {
                LockSupport.parkNanos(NAP_NANOS);
            }
        }
    }
}
