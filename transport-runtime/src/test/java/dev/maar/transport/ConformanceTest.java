package dev.maar.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract, the same for every transport. */
@ParameterizedClass
@EnumSource(
        value = Transport.class,
        names = {"LOCAL", "SHM", "UDP", "TCP"})
final class ConformanceTest {

    private static final Topic<String> TEXT = Topic.of("text", new TextCodec());
    private static final Topic<ByteBuffer> BYTES = Topic.of("bytes", Codec.bytes());
    private static final Duration SOON = Duration.ofSeconds(10);

    @Parameter
    @SuppressWarnings("NullAway.Init")
    private Transport transport;

    private final List<Throwable> errors = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private TransportRuntime runtime;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    private int launched;

    @BeforeEach
    void launch() {
        launch(SOON);
    }

    /** In a directory of its own: one that closes late must not disturb the next. */
    private void launch(final Duration publishTimeout) {
        launched++;
        runtime = TransportRuntime.launch(new TransportContext()
                .aeronDirectory(temporary.resolve("aeron" + launched))
                .maxInFlight(8)
                .publishTimeout(publishTimeout)
                .errorHandler(errors::add));
    }

    /** One that was closed from within a handler is not through yet. */
    @AfterEach
    void close() {
        runtime.close();
        eventually(() -> {
            try (Stream<Path> files = Files.list(temporary)) {
                return files.allMatch(file ->
                        file.toString().endsWith(".mesh") || file.toString().endsWith(".lock"));
            }
        });
    }

    private <T> Publisher<T> publisher(final Topic<T> topic) {
        return runtime.publisher(topic, Forced.options(transport));
    }

    private static void eventually(final Callable<Boolean> condition) {
        await().atMost(SOON)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(condition);
    }

    private static List<String> numbered(final int from, final int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    @Test
    void messagesArriveInOrderWithTheirTransportAndSequence() {
        final Publisher<String> publisher = publisher(TEXT);
        final List<String> heard = new ArrayList<>();
        final List<String> deliveries = new ArrayList<>();
        final PolledSubscriber<String> subscriber = runtime.poll(TEXT, (message, delivery) -> {
            heard.add(message);
            deliveries.add(delivery.toString());
        });
        for (final String message : numbered(0, 100)) {
            publisher.publish(message);
            eventually(() -> subscriber.poll(1) == 1);
        }
        assertThat(heard).isEqualTo(numbered(0, 100));
        assertThat(deliveries.get(99)).isEqualTo(transport.label() + "#99");
        assertThat(publisher.transport()).isEqualTo(transport);
    }

    @Test
    void everyMessageIsCountedByTheTransportThatCarriedIt() {
        final Publisher<ByteBuffer> publisher = publisher(BYTES);
        final Receiver<ByteBuffer> receiver = runtime.receiver(BYTES);
        for (int i = 0; i < 5; i++) {
            publisher.publish(ByteBuffer.allocate(64));
            receiver.receive(SOON);
        }
        final Counters counters = runtime.counters();
        for (final Transport each : Transport.values()) {
            assertThat(counters.sent(each)).isEqualTo(each == transport ? 5 : 0);
            assertThat(counters.received(each)).isEqualTo(each == transport ? 5 : 0);
            assertThat(counters.bytesSent(each)).isEqualTo(each == transport ? 320 : 0);
            assertThat(counters.bytesReceived(each)).isEqualTo(each == transport ? 320 : 0);
        }
        publisher.close();
        receiver.close();
        assertThat(counters.sent(transport)).isEqualTo(5);
        assertThat(counters.received(transport)).isEqualTo(5);
    }

    @Test
    void noMoreThanTheBoundIsInFlightUntilTheSubscriberHasFinished() {
        runtime.close();
        launch(Duration.ofMillis(200));
        final Publisher<String> publisher = publisher(TEXT);
        final PolledSubscriber<String> subscriber = runtime.poll(TEXT, (message, delivery) -> {});
        for (int i = 0; i < 8; i++) {
            assertThat(publisher.tryPublish("m")).isTrue();
        }
        assertThat(publisher.tryPublish("refused")).isFalse();
        assertThat(publisher.isDrained()).isFalse();
        assertThatThrownBy(() -> publisher.publish("late"))
                .isInstanceOf(PublishTimeoutException.class)
                .hasMessageContaining("topic text");
        assertThat(runtime.counters().backPressured(transport)).isEqualTo(2);
        eventually(() -> subscriber.poll(1) == 1);
        eventually(() -> publisher.tryPublish("fits"));
        assertThat(publisher.tryPublish("refused")).isFalse();
    }

    @Test
    void aReceivedMessageIsInFlightUntilTheNextCall() {
        final Publisher<String> publisher = publisher(TEXT);
        final Receiver<String> receiver = runtime.receiver(TEXT);
        for (final String message : numbered(0, 8)) {
            publisher.publish(message);
        }
        assertThat(receiver.receive(SOON)).isEqualTo("0");
        assertThat(receiver.delivery().sequence()).isZero();
        assertThat(publisher.tryPublish("refused")).isFalse();
        receiver.release();
        eventually(() -> publisher.tryPublish("8"));
        assertThat(publisher.tryPublish("refused")).isFalse();
        assertThat(receiver.receive(SOON)).isEqualTo("1");
        assertThat(receiver.tryReceive()).hasValue("2");
        eventually(() -> publisher.tryPublish("9"));
        for (final String message : numbered(3, 10)) {
            assertThat(receiver.receive(SOON)).isEqualTo(message);
        }
        assertThat(receiver.tryReceive()).isEmpty();
        assertThat(publisher.awaitDrained(SOON)).isTrue();
        assertThatThrownBy(() -> receiver.receive(Duration.ofMillis(10))).isInstanceOf(ReceiveTimeoutException.class);
    }

    @Test
    void asynchronousHandlersHearEverythingAndTheirExceptionsHarmNobody() {
        final Publisher<String> publisher = publisher(TEXT);
        final List<String> heard = new CopyOnWriteArrayList<>();
        runtime.subscribe(TEXT, (message, delivery) -> {
            heard.add(message);
            if (message.endsWith("7")) {
                throw new IllegalStateException("unlucky " + message);
            }
        });
        numbered(0, 100).forEach(publisher::publish);
        assertThat(publisher.awaitDrained(SOON)).isTrue();
        assertThat(heard).isEqualTo(numbered(0, 100));
        assertThat(errors).hasSize(10).allMatch(error -> error.toString().contains("unlucky"));
    }

    @Test
    void whatAPolledHandlerThrowsComesOutOfPollAndTheMessageCountsAsDelivered() {
        final Publisher<String> publisher = publisher(TEXT);
        final List<String> heard = new ArrayList<>();
        final PolledSubscriber<String> subscriber = runtime.poll(TEXT, (message, delivery) -> {
            heard.add(message);
            if (message.equals("0")) {
                throw new IllegalStateException("no");
            }
        });
        publisher.publish("0");
        publisher.publish("1");
        assertThatThrownBy(() -> eventually(() -> subscriber.poll(10) > 0)).hasMessageContaining("no");
        eventually(() -> subscriber.poll(10) == 1);
        assertThat(heard).containsExactly("0", "1");
        assertThat(publisher.awaitDrained(SOON)).isTrue();
    }

    @Test
    void rawBuffersAreReadOnlyViewsThatLeaveThePublishersBufferAsItIs() {
        final Publisher<ByteBuffer> publisher = publisher(BYTES);
        final Receiver<ByteBuffer> receiver = runtime.receiver(BYTES);
        final ByteBuffer buffer = ByteBuffer.allocateDirect(100);
        buffer.position(10).limit(18);
        buffer.putLong(10, 0x1122334455667788L);
        publisher.publish(buffer);
        final ByteBuffer view = receiver.receive(SOON);
        assertThat(view.isReadOnly()).isTrue();
        assertThat(view.remaining()).isEqualTo(8);
        assertThat(view.getLong()).isEqualTo(0x1122334455667788L);
        assertThat(buffer.position()).isEqualTo(10);
        assertThat(buffer.limit()).isEqualTo(18);
    }

    @Test
    void everySubscriberHearsEveryPublisherInItsOrder() {
        final Publisher<String> one = publisher(TEXT);
        final Publisher<String> two = publisher(TEXT);
        final List<List<String>> heard = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        final List<PolledSubscriber<String>> subscribers = heard.stream()
                .map(list -> runtime.poll(TEXT, (message, delivery) -> list.add(message)))
                .toList();
        for (int i = 0; i < 50; i++) {
            one.publish("a" + i);
            two.publish("b" + i);
            subscribers.forEach(subscriber -> eventually(() -> subscriber.poll(1) + subscriber.poll(1) > 0));
        }
        for (int i = 0; i < heard.size(); i++) {
            final PolledSubscriber<String> subscriber = subscribers.get(i);
            final List<String> list = heard.get(i);
            eventually(() -> {
                subscriber.poll(100);
                return list.size() == 100;
            });
            assertThat(list)
                    .filteredOn(message -> message.startsWith("a"))
                    .hasSize(50)
                    .isSortedAccordingTo(byNumber());
            assertThat(list)
                    .filteredOn(message -> message.startsWith("b"))
                    .hasSize(50)
                    .isSortedAccordingTo(byNumber());
        }
    }

    private static java.util.Comparator<String> byNumber() {
        return java.util.Comparator.comparingInt(message -> Integer.parseInt(message.substring(1)));
    }

    @Test
    void publishingToNobodySucceedsAndIsNotReplayed() {
        final Publisher<String> publisher = publisher(TEXT);
        assertThat(publisher.isConnected()).isFalse();
        assertThat(publisher.awaitConnected(Duration.ofMillis(1))).isFalse();
        numbered(0, 100).forEach(publisher::publish);
        final Receiver<String> receiver = runtime.receiver(TEXT);
        assertThat(publisher.isConnected()).isTrue();
        assertThat(publisher.awaitConnected(SOON)).isTrue();
        publisher.publish("heard");
        assertThat(receiver.receive(SOON)).isEqualTo("heard");
        assertThat(receiver.delivery().sequence()).isZero();
        receiver.close();
        assertThat(publisher.isConnected()).isFalse();
    }

    @Test
    void aLeaverDoesNotHoldThePublisherBackAndALateJoinerHearsTheRest() {
        final Publisher<String> publisher = publisher(TEXT);
        final Receiver<String> stuck = runtime.receiver(TEXT);
        final Receiver<String> steady = runtime.receiver(TEXT);
        numbered(0, 8).forEach(publisher::publish);
        for (final String message : numbered(0, 8)) {
            assertThat(steady.receive(SOON)).isEqualTo(message);
        }
        steady.release();
        assertThat(publisher.tryPublish("refused")).isFalse();
        stuck.close();
        final Receiver<String> late = runtime.receiver(TEXT);
        publisher.publish("8");
        assertThat(steady.receive(SOON)).isEqualTo("8");
        assertThat(late.receive(SOON)).isEqualTo("8");
        assertThat(late.delivery().sequence()).isEqualTo(8);
    }

    @Test
    void whatAClosedPublisherSentIsStillDelivered() {
        final Publisher<String> publisher = publisher(TEXT);
        final Receiver<String> receiver = runtime.receiver(TEXT);
        numbered(0, 8).forEach(publisher::publish);
        publisher.close();
        publisher.close();
        for (final String message : numbered(0, 8)) {
            assertThat(receiver.receive(SOON)).isEqualTo(message);
        }
        eventually(() -> receiver.tryReceive().isEmpty() && !receiver.isConnected());
        assertThatThrownBy(() -> publisher.publish("closed"))
                .isInstanceOfSatisfying(
                        TransportException.class,
                        thrown -> assertThat(thrown.error()).isEqualTo(TransportError.CLOSED));
    }

    @Test
    void aChainOfHandlersOnTheRuntimesThreadDoesNotWaitForItself() {
        final Topic<String> many = Topic.of("many", new TextCodec());
        final Publisher<String> publisher = publisher(TEXT);
        final Publisher<String> amplified = publisher(many);
        final List<String> heard = new CopyOnWriteArrayList<>();
        runtime.subscribe(TEXT, (message, delivery) -> {
            for (int i = 0; i < 30; i++) {
                amplified.publish(message + "." + i);
            }
        });
        runtime.subscribe(many, (message, delivery) -> heard.add(message));
        numbered(0, 20).forEach(publisher::publish);
        eventually(() -> heard.size() == 600);
        assertThat(heard).startsWith("0.0", "0.1").endsWith("19.28", "19.29");
        assertThat(errors).isEmpty();
    }

    @Test
    void aSubscriberMayCloseItselfInItsHandler() {
        final Publisher<String> publisher = publisher(TEXT);
        final List<String> heard = new ArrayList<>();
        final List<PolledSubscriber<String>> self = new ArrayList<>();
        self.add(runtime.poll(TEXT, (message, delivery) -> {
            heard.add(message);
            self.get(0).close();
        }));
        publisher.publish("last");
        eventually(() -> {
            self.get(0).poll(10);
            return heard.size() == 1;
        });
        assertThat(publisher.isConnected()).isFalse();
        assertThat(self.get(0).poll(10)).isZero();
    }

    @Test
    void aPausedSubscriberHoldsThePublisherBackAndMissesNothing() {
        final Publisher<String> publisher = publisher(TEXT);
        final List<String> heard = new CopyOnWriteArrayList<>();
        final Subscriber subscriber = runtime.subscribe(TEXT, (message, delivery) -> heard.add(message));
        publisher.publish("0");
        eventually(() -> heard.size() == 1);
        assertThat(publisher.awaitDrained(SOON)).isTrue();
        subscriber.pause();
        assertThat(subscriber.isPaused()).isTrue();
        numbered(1, 9).forEach(publisher::publish);
        assertThat(publisher.tryPublish("refused")).isFalse();
        subscriber.resume();
        assertThat(subscriber.isPaused()).isFalse();
        assertThat(publisher.awaitDrained(SOON)).isTrue();
        assertThat(heard).isEqualTo(numbered(0, 9));
    }

    @Test
    void aPausedReceiverReceivesNothingUntilItGoesOn() {
        final Publisher<String> publisher = publisher(TEXT);
        final Receiver<String> receiver = runtime.receiver(TEXT);
        publisher.publish("0");
        receiver.pause();
        assertThatThrownBy(() -> receiver.receive(Duration.ofMillis(20))).isInstanceOf(ReceiveTimeoutException.class);
        receiver.resume();
        assertThat(receiver.receive(SOON)).isEqualTo("0");
    }

    @Test
    void joinersAndLeaversAtAnyMomentDoNotDisturbTheOthers() throws Exception {
        runtime.close();
        launch(SOON);
        final Publisher<ByteBuffer> publisher = publisher(BYTES);
        final List<String> surprises = new CopyOnWriteArrayList<>();
        final long[] steady = new long[1];
        runtime.subscribe(BYTES, (message, delivery) -> {
            if (message.getLong() != steady[0]++) {
                surprises.add("steady at " + steady[0]);
            }
        });
        final AtomicBoolean done = new AtomicBoolean();
        final Thread guests = new Thread(() -> {
            for (int i = 0; i < 15; i++) {
                visit(surprises, i);
            }
            done.set(true);
        });
        guests.start();
        final ByteBuffer[] ring = new ByteBuffer[9];
        Arrays.setAll(ring, i -> ByteBuffer.allocateDirect(5_000));
        long count = 0;
        while (!done.get()) {
            publisher.publish(ring[(int) (count % ring.length)].putLong(0, count));
            count++;
        }
        guests.join();
        assertThat(publisher.awaitDrained(SOON)).isTrue();
        assertThat(steady[0]).isEqualTo(count);
        assertThat(surprises).isEmpty();
        assertThat(errors).isEmpty();
    }

    /** Joins, hears some messages in a row without a gap, and leaves with others unheard. */
    private void visit(final List<String> surprises, final int visit) {
        try (Receiver<ByteBuffer> guest = runtime.receiver(BYTES)) {
            long last = -1;
            for (int i = 0; i < 20 + visit; i++) {
                final long number = guest.receive(SOON).getLong();
                if ((last >= 0 && number != last + 1)
                        || number != guest.delivery().sequence()) {
                    surprises.add("guest " + visit + " heard " + number + " after " + last);
                }
                last = number;
            }
        } catch (final TransportException failure) {
            surprises.add("guest " + visit + ": " + failure);
        }
    }

    @Test
    void aHandlerMayCloseTheRuntimeAndStillReadItsMessage() {
        final Publisher<ByteBuffer> publisher = publisher(BYTES);
        final List<Long> read = new CopyOnWriteArrayList<>();
        runtime.subscribe(BYTES, (message, delivery) -> {
            runtime.close();
            read.add(message.getLong());
        });
        publisher.publish(ByteBuffer.allocateDirect(8).putLong(0, 42));
        eventually(() -> read.equals(List.of(42L)));
        assertThatThrownBy(() -> runtime.receiver(BYTES)).hasMessageContaining("closed");
        assertThat(errors).isEmpty();
    }

    @Test
    void emptyMessagesArrive() {
        final Publisher<ByteBuffer> publisher = publisher(BYTES);
        final Receiver<ByteBuffer> receiver = runtime.receiver(BYTES);
        publisher.publish(ByteBuffer.allocate(0));
        publisher.publish(ByteBuffer.allocate(1));
        assertThat(receiver.receive(SOON).remaining()).isZero();
        assertThat(receiver.receive(SOON).remaining()).isEqualTo(1);
    }

    @Test
    void aClosedRuntimeRefusesEverything() {
        final Publisher<String> publisher = publisher(TEXT);
        final Receiver<String> receiver = runtime.receiver(TEXT);
        runtime.close();
        runtime.close();
        assertThatThrownBy(() -> publisher.tryPublish("m")).hasMessageContaining("closed");
        assertThatThrownBy(() -> receiver.tryReceive()).hasMessageContaining("closed");
        assertThatThrownBy(() -> runtime.receiver(TEXT)).hasMessageContaining("closed");
        assertThatThrownBy(() -> runtime.publisher(TEXT)).hasMessageContaining("closed");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_471, 65_472, 65_473, 1 << 20, 64 << 20})
    void messagesOfAnySizeArriveUnharmed(final int size) {
        runtime.close();
        launch(SOON);
        final Publisher<ByteBuffer> publisher = publisher(BYTES);
        final CRC32 received = new CRC32();
        final List<Integer> sizes = new CopyOnWriteArrayList<>();
        runtime.subscribe(BYTES, (message, delivery) -> {
            sizes.add(message.remaining());
            received.update(message);
        });
        final CRC32 sent = new CRC32();
        final Random random = new Random(size);
        final byte[] bytes = new byte[size];
        for (int i = 0; i < 3; i++) {
            random.nextBytes(bytes);
            sent.update(bytes);
            publisher.publish(ByteBuffer.wrap(bytes.clone()));
        }
        assertThat(publisher.awaitDrained(SOON)).isTrue();
        assertThat(sizes).containsExactly(size, size, size);
        assertThat(received.getValue()).isEqualTo(sent.getValue());
        assertThat(errors).isEmpty();
    }

    @Test
    void aLargeMessageIsHeldLikeASmallOne() {
        final Publisher<ByteBuffer> publisher = publisher(BYTES);
        final Receiver<ByteBuffer> receiver = runtime.receiver(BYTES);
        final ByteBuffer large = ByteBuffer.allocate(1 << 20);
        large.putLong(large.capacity() - 8, 42);
        publisher.publish(large);
        publisher.publish(ByteBuffer.wrap(new byte[] {1}));
        final ByteBuffer view = receiver.receive(SOON);
        assertThat(view.remaining()).isEqualTo(1 << 20);
        assertThat(view.getLong(view.limit() - 8)).isEqualTo(42);
        assertThat(publisher.isDrained()).isFalse();
        assertThat(receiver.receive(SOON).remaining()).isEqualTo(1);
        receiver.release();
        assertThat(publisher.awaitDrained(SOON)).isTrue();
    }

    @Test
    void twoThreadsExchangeManyMessagesWithoutLossOrDisorder() throws Exception {
        final Publisher<ByteBuffer> publisher = publisher(BYTES);
        final int count = 200_000;
        final long[] expected = new long[1];
        final List<Long> surprises = new ArrayList<>();
        final PolledSubscriber<ByteBuffer> subscriber = runtime.poll(BYTES, (message, delivery) -> {
            if (message.getLong() != expected[0] || delivery.sequence() != expected[0]) {
                surprises.add(expected[0]);
            }
            expected[0]++;
        });
        final Thread reader = new Thread(() -> {
            while (expected[0] < count && !Thread.currentThread().isInterrupted()) {
                if (subscriber.poll(10) == 0) {
                    Thread.yield();
                }
            }
        });
        reader.start();
        final ByteBuffer[] ring = new ByteBuffer[9];
        Arrays.setAll(ring, i -> ByteBuffer.allocateDirect(8));
        for (int i = 0; i < count; i++) {
            publisher.publish(ring[i % ring.length].putLong(0, i));
        }
        reader.join(SOON.toMillis());
        reader.interrupt();
        reader.join();
        assertThat(expected[0]).isEqualTo(count);
        assertThat(surprises).isEmpty();
    }
}
