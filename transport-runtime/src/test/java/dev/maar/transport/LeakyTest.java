package dev.maar.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Leaky subscribers, the same on every transport: they drop the oldest, count it, and hold nobody back. */
@ParameterizedClass
@EnumSource(Transport.class)
final class LeakyTest {

    private static final Topic<String> TEXT = Topic.of("leaky text", new TextCodec());
    private static final Topic<ByteBuffer> BYTES = Topic.of("leaky bytes", Codec.bytes());
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int CAPACITY = 4;
    private static final SubscriberOptions LEAKY = SubscriberOptions.defaults().leaky(CAPACITY);

    /** More than fits into a log, so that a log that is not drained would hold the publisher back. */
    private static final int MANY = 10_000;

    private static final int SIZE = 1_000;

    @Parameter
    @SuppressWarnings("NullAway.Init")
    private Transport transport;

    private final List<Throwable> errors = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private TransportRuntime runtime;

    @BeforeEach
    void launch() {
        runtime = TransportRuntime.launch(
                new TransportContext().maxInFlight(8).publishTimeout(SOON).errorHandler(errors::add));
    }

    @AfterEach
    void close() {
        runtime.close();
        assertThat(errors).isEmpty();
    }

    private <T> Publisher<T> publisher(final Topic<T> topic) {
        return runtime.publisher(topic, Forced.options(transport));
    }

    /** Publishes one buffer again and again, changed at once: what waits for a leaky subscriber has to be a copy. */
    private static void publishNumbers(final Publisher<ByteBuffer> publisher, final int count) {
        final ByteBuffer buffer = ByteBuffer.allocateDirect(SIZE);
        for (int i = 0; i < count; i++) {
            publisher.publish(buffer.putLong(0, i).putLong(SIZE - Long.BYTES, ~(long) i));
        }
    }

    private static List<Long> takeAll(final Receiver<ByteBuffer> receiver) {
        final List<Long> numbers = new ArrayList<>();
        receiver.tryReceive().ifPresent(first -> numbers.add(number(first, receiver.delivery())));
        while (receiver.tryReceive()
                .map(next -> numbers.add(number(next, receiver.delivery())))
                .isPresent()) {
            assertThat(numbers).isSorted();
        }
        return numbers;
    }

    private static long number(final ByteBuffer message, final Delivery delivery) {
        final long number = message.getLong(message.position());
        assertThat(message.getLong(message.limit() - Long.BYTES)).isEqualTo(~number);
        assertThat(delivery.sequence()).isEqualTo(number);
        return number;
    }

    @Test
    void whoNeverPollsHoldsNobodyBackAndFindsTheNewest() {
        final Publisher<ByteBuffer> publisher = publisher(BYTES);
        final Receiver<ByteBuffer> receiver = runtime.receiver(BYTES, LEAKY);
        publishNumbers(publisher, MANY);
        assertThat(publisher.awaitDrained(SOON)).isTrue();
        await().atMost(SOON).until(() -> receiver.dropped() == MANY - CAPACITY);
        assertThat(runtime.counters().dropped(transport)).isEqualTo(MANY - CAPACITY);
        final long newest = MANY - 1;
        assertThat(takeAll(receiver)).containsExactly(newest - 3, newest - 2, newest - 1, newest);
        assertThat(receiver.delivery().transport()).isEqualTo(transport);
        assertThat(runtime.counters().received(transport)).isEqualTo(CAPACITY);
        receiver.close();
        assertThat(receiver.dropped()).isEqualTo(MANY - CAPACITY);
        assertThat(runtime.counters().dropped(transport)).isEqualTo(MANY - CAPACITY);
    }

    @Test
    void aReliableSubscriberBesideItHearsEverything() {
        final Publisher<ByteBuffer> publisher = publisher(BYTES);
        final long[] expected = new long[1];
        final Receiver<ByteBuffer> leaky = runtime.receiver(BYTES, LEAKY);
        final Subscriber reliable = runtime.subscribe(BYTES, (message, delivery) -> {
            assertThat(number(message, delivery)).isEqualTo(expected[0]);
            expected[0]++;
        });
        final ByteBuffer[] ring = new ByteBuffer[9];
        Arrays.setAll(ring, i -> ByteBuffer.allocateDirect(SIZE));
        for (int i = 0; i < MANY; i++) {
            final ByteBuffer buffer = ring[i % ring.length];
            publisher.publish(buffer.putLong(0, i).putLong(SIZE - Long.BYTES, ~(long) i));
        }
        assertThat(publisher.awaitDrained(SOON)).isTrue();
        assertThat(expected[0]).isEqualTo(MANY);
        assertThat(reliable.dropped()).isZero();
        await().atMost(SOON).until(() -> leaky.dropped() == MANY - CAPACITY);
    }

    @Test
    void whatIsStuckInItsHandlerHoldsNobodyBackAndKeepsItsMessage() throws Exception {
        final Publisher<ByteBuffer> publisher = publisher(BYTES);
        final CountDownLatch inside = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);
        final List<Long> heard = new CopyOnWriteArrayList<>();
        runtime.subscribe(BYTES, LEAKY, (message, delivery) -> {
            inside.countDown();
            awaitQuietly(goOn);
            heard.add(number(message, delivery));
        });
        publishNumbers(publisher, 1);
        inside.await();
        publisher.publish(ByteBuffer.allocate(SIZE));
        final ByteBuffer buffer = ByteBuffer.allocateDirect(SIZE);
        for (long i = 2; i < MANY; i++) {
            publisher.publish(buffer.putLong(0, i).putLong(SIZE - Long.BYTES, ~i));
        }
        final Counters counters = runtime.counters();
        await().atMost(SOON).until(() -> counters.dropped(transport) == MANY - CAPACITY - 1);
        goOn.countDown();
        final long newest = MANY - 1;
        await().atMost(SOON).until(() -> heard.equals(List.of(0L, newest - 3, newest - 2, newest - 1, newest)));
    }

    private static void awaitQuietly(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatItTakesAndWhatItDropsIsAllThatWasSent() throws Exception {
        final Publisher<ByteBuffer> publisher = publisher(BYTES);
        final Receiver<ByteBuffer> receiver = runtime.receiver(BYTES, LEAKY);
        final AtomicBoolean done = new AtomicBoolean();
        final Thread sender = new Thread(() -> {
            publishNumbers(publisher, MANY);
            done.set(true);
        });
        sender.start();
        long taken = 0;
        while (!done.get()) {
            taken += takeAll(receiver).size();
        }
        sender.join();
        final long[] total = {taken};
        await().atMost(SOON).until(() -> {
            total[0] += takeAll(receiver).size();
            return total[0] + receiver.dropped() >= MANY - CAPACITY
                    && receiver.delivery().sequence() == MANY - 1;
        });
        assertThat(total[0] + receiver.dropped()).isBetween((long) MANY - CAPACITY, (long) MANY);
    }

    @Test
    void aPausedOneDrops() {
        final Publisher<String> publisher = publisher(TEXT);
        final Receiver<String> receiver = runtime.receiver(TEXT, LEAKY);
        receiver.pause();
        for (int i = 0; i < 100; i++) {
            publisher.publish("m" + i);
        }
        await().atMost(SOON).until(() -> receiver.dropped() == 96);
        receiver.resume();
        assertThat(receiver.receive(SOON)).isEqualTo("m96");
        assertThat(receiver.receive(SOON)).isEqualTo("m97");
    }

    @Test
    void whatAClosedPublisherSentStillWaitsAndThenTheLinkGoes() {
        final Publisher<String> publisher = publisher(TEXT);
        final Receiver<String> receiver = runtime.receiver(TEXT, LEAKY);
        publisher.publish("last");
        publisher.close();
        assertThat(receiver.receive(SOON)).isEqualTo("last");
        await().atMost(SOON).until(() -> receiver.tryReceive().isEmpty() && !receiver.isConnected());
    }

    @Test
    void oneThatLeavesIsForgotten() {
        final Publisher<ByteBuffer> publisher = publisher(BYTES);
        final Receiver<ByteBuffer> receiver = runtime.receiver(BYTES, LEAKY);
        assertThat(publisher.isConnected()).isTrue();
        publishNumbers(publisher, 10);
        receiver.close();
        assertThat(publisher.isConnected()).isFalse();
        publishNumbers(publisher, MANY);
        assertThat(runtime.counters().sent(transport)).isEqualTo(10);
    }

    @Test
    void largeMessagesArriveWhole() {
        final Publisher<ByteBuffer> publisher = publisher(BYTES);
        final Receiver<ByteBuffer> receiver = runtime.receiver(BYTES, LEAKY);
        final ByteBuffer large = ByteBuffer.allocate(1 << 20);
        large.putLong(large.capacity() - Long.BYTES, 42);
        publisher.publish(large);
        final ByteBuffer view = receiver.receive(SOON);
        assertThat(view.remaining()).isEqualTo(1 << 20);
        assertThat(view.isReadOnly()).isTrue();
        assertThat(view.getLong(view.limit() - Long.BYTES)).isEqualTo(42);
    }

    @Test
    void aCapacityOfNothingIsRefused() {
        assertThatThrownBy(() -> SubscriberOptions.defaults().leaky(0))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("1 to 65536");
    }
}
