package dev.maar.transport;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;

/**
 * A process with one runtime that does what it is told by lines of standard input, and answers each with one line:
 * {@code publisher TOPIC [TRANSPORT]}, {@code subscriber TOPIC}, {@code leaky TOPIC CAPACITY}, {@code lost TOPIC}, {@code receiver TOPIC}, {@code connected TOPIC},
 * {@code publish TOPIC COUNT SIZE}, {@code try TOPIC}, {@code receive TOPIC}, {@code heard TOPIC}, {@code drained TOPIC},
 * {@code counters}, {@code port}, {@code unpublish TOPIC}, {@code pause TOPIC}, {@code resume TOPIC}, {@code leave TOPIC}, {@code close}.
 *
 * <p>Each message begins with its number and ends with a checksum of all before. A subscriber checks both, and that numbers come without a gap.
 */
final class Chatter {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final long HARMED = -2;

    private final TransportRuntime runtime = TransportRuntime.launch(context());
    private final Map<String, Publisher<ByteBuffer>> publishers = new HashMap<>();
    private final Map<String, AutoCloseable> subscribers = new HashMap<>();
    private final Map<String, Subscriber> pausables = new HashMap<>();
    private final Map<String, Heard> heard = new HashMap<>();
    private long published;

    /** What a subscriber has heard. */
    private static final class Heard {
        private final boolean leaky;
        private final AtomicLong count = new AtomicLong();
        private volatile long last = -1;
        private volatile String trouble = "fine";
        private volatile String how = "nothing";

        Heard(final boolean leaky) {
            this.leaky = leaky;
        }

        void hear(final ByteBuffer message, final Delivery delivery) {
            final long number = number(message);
            if (last >= 0 && number != last + 1 && (!leaky || number <= last)) {
                trouble = number + " after " + last;
            }
            last = number;
            how = delivery.toString();
            count.incrementAndGet();
        }

        @Override
        public String toString() {
            return count + " " + last + " " + how + " " + trouble;
        }
    }

    private Chatter() {}

    /** Other hosts are named by system properties. */
    private static TransportContext context() {
        final TransportContext context = new TransportContext().publishTimeout(SOON);
        Optional.ofNullable(System.getProperty("listen")).ifPresent(context::listen);
        Optional.ofNullable(System.getProperty("peer")).ifPresent(peer -> context.peers(List.of(peer)));
        Optional.ofNullable(System.getProperty("secret")).ifPresent(context::secret);
        return context;
    }

    public static void main(final String[] arguments) throws Exception {
        final Chatter chatter = new Chatter();
        final BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String answer;
            try {
                answer = chatter.obey(order.split(" "));
            } catch (final TransportException failure) {
                answer = failure.error() + " " + failure.getMessage();
            }
            System.out.println("> " + answer);
        }
        chatter.runtime.close();
    }

    private static <V> V known(final Map<String, V> members, final String name) {
        return Objects.requireNonNull(members.get(name));
    }

    private static Topic<ByteBuffer> topic(final String name) {
        return Topic.of(name, Codec.bytes());
    }

    private String obey(final String[] order) throws Exception {
        final String name = order.length > 1 ? order[1] : "";
        switch (order[0]) {
            case "publisher" ->
                publishers.put(
                        name,
                        runtime.publisher(
                                topic(name),
                                Forced.options(order.length > 2 ? Transport.valueOf(order[2]) : Transport.LOCAL)));
            case "subscriber" -> {
                final Heard ear = new Heard(false);
                heard.put(name, ear);
                final Subscriber subscriber = runtime.subscribe(topic(name), ear::hear);
                pausables.put(name, subscriber);
                subscribers.put(name, subscriber);
            }
            case "leaky" -> {
                final Heard ear = new Heard(true);
                heard.put(name, ear);
                pausables.put(
                        name,
                        runtime.subscribe(
                                topic(name),
                                SubscriberOptions.defaults().leaky(Integer.parseInt(order[2])),
                                ear::hear));
            }
            case "lost" -> {
                return Long.toString(known(pausables, name).dropped());
            }
            case "receiver" -> subscribers.put(name, runtime.receiver(topic(name)));
            case "connected" -> {
                return Boolean.toString(known(publishers, name).awaitConnected(SOON)) + " "
                        + known(publishers, name).connections().size();
            }
            case "publish" -> publish(known(publishers, name), Integer.parseInt(order[2]), Integer.parseInt(order[3]));
            case "try" -> {
                final boolean taken = known(publishers, name).tryPublish(message(published, 16));
                published += taken ? 1 : 0;
                return Boolean.toString(taken);
            }
            case "receive" -> {
                return receive(name);
            }
            case "heard" -> {
                return known(heard, name).toString();
            }
            case "drained" -> {
                return Boolean.toString(known(publishers, name).awaitDrained(SOON));
            }
            case "counters" -> {
                return counters();
            }
            case "port" -> {
                return Integer.toString(runtime.listenAddress().orElseThrow().getPort());
            }
            case "unpublish" -> known(publishers, name).close();
            case "pause" -> known(pausables, name).pause();
            case "resume" -> known(pausables, name).resume();
            case "leave" -> known(subscribers, name).close();
            case "close" -> runtime.close();
            default -> throw new IOException("no such order: " + order[0]);
        }
        return "done";
    }

    @SuppressWarnings("unchecked")
    private String receive(final String name) {
        final Receiver<ByteBuffer> receiver = (Receiver<ByteBuffer>) known(subscribers, name);
        final long number = receiver.receive(SOON).getLong();
        return number + " " + receiver.delivery();
    }

    /** A message of at least 16 bytes. */
    static ByteBuffer message(final long number, final int size) {
        final byte[] content = new byte[size - Long.BYTES];
        if (size > 2 * Long.BYTES) {
            new Random(number).nextBytes(content);
        }
        ByteBuffer.wrap(content).putLong(number);
        final CRC32 sum = new CRC32();
        sum.update(content);
        return ByteBuffer.allocate(size).put(content).putLong(sum.getValue()).flip();
    }

    /** The number of a message; -2 when its checksum is another one. */
    static long number(final ByteBuffer message) {
        final int length = message.remaining() - Long.BYTES;
        final CRC32 sum = new CRC32();
        sum.update(message.slice(message.position(), length));
        final boolean whole = message.getLong(message.position() + length) == sum.getValue();
        return whole ? message.getLong(message.position()) : HARMED;
    }

    private void publish(final Publisher<ByteBuffer> publisher, final int count, final int size) {
        for (int i = 0; i < count; i++) {
            publisher.publish(message(published++, size));
        }
    }

    private String counters() {
        final StringBuilder text = new StringBuilder();
        for (final Transport transport : Transport.values()) {
            text.append(transport.label())
                    .append(' ')
                    .append(runtime.counters().sent(transport))
                    .append('/')
                    .append(runtime.counters().received(transport))
                    .append(' ');
        }
        return text.toString().strip();
    }
}
