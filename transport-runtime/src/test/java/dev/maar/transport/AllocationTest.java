package dev.maar.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * In steady state raw buffers cost no allocation, on either end and on the runtime's own threads, whether there is back-pressure or not;
 * the threads of the media driver and its client are Aeron's, which allocate until they are compiled. Measured is the least
 * of several windows: what a message costs is in each of them. Once in a while a single window has some 20 KB more, seen with a
 * coverage agent on a loaded machine and never without compilation: probably the JVM's own work on the same thread.
 */
final class AllocationTest {

    private static final Topic<ByteBuffer> TOPIC = Topic.of("allocation", Codec.bytes());
    private static final String SECRET = "what both runtimes know";
    private static final int WARM_UP = 20_000;
    private static final int MEASURED = 20_000;

    private static final int WINDOWS = 5;

    /** By so much fewer where each message takes longer. */
    private static final int SLOWER = 10;

    /** What the measuring itself may cost, far below one byte a message. */
    private static final long SLACK_BYTES = 4_096;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static int fewer(final Transport transport, final int size, final int count) {
        return size > 64 || transport.compareTo(Transport.SHM) > 0 ? count / SLOWER : count;
    }

    private static ByteBuffer[] ring(final int size) {
        final ByteBuffer[] ring = new ByteBuffer[33];
        Arrays.setAll(ring, i -> ByteBuffer.allocateDirect(size));
        return ring;
    }

    @ParameterizedTest
    @CsvSource({"LOCAL,64", "SHM,64", "LOCAL,200000", "SHM,200000", "UDP,64", "UDP,200000", "TCP,64", "TCP,200000"})
    void publishingAndPollingAllocateNothing(final Transport transport, final int size) {
        try (TransportRuntime runtime = TransportRuntime.launch()) {
            final Publisher<ByteBuffer> publisher = runtime.publisher(TOPIC, Forced.options(transport));
            final long[] sum = new long[1];
            final PolledSubscriber<ByteBuffer> subscriber =
                    runtime.poll(TOPIC, (message, delivery) -> sum[0] += message.getLong() + delivery.sequence());
            final ByteBuffer[] ring = ring(size);
            exchange(publisher, subscriber, ring, fewer(transport, size, WARM_UP));
            assertThat(least(
                            everyThread(),
                            () -> exchange(publisher, subscriber, ring, fewer(transport, size, MEASURED))))
                    .isBetween(0L, SLACK_BYTES);
        }
    }

    /** Each has a media driver of its own, as runtimes of different hosts have. */
    @ParameterizedTest
    @CsvSource({"UDP,64", "UDP,20000", "TCP,64"})
    void betweenRuntimesPublishingAndPollingAllocateNothing(
            final Transport transport, final int size, @TempDir final Path temporary) {
        final TransportContext near = new TransportContext()
                .aeronDirectory(temporary.resolve("near"))
                .listen("127.0.0.1:0")
                .secret(SECRET);
        try (TransportRuntime one = TransportRuntime.launch(near)) {
            final Publisher<ByteBuffer> publisher = one.publisher(TOPIC, Forced.options(transport));
            final int port = one.listenAddress().orElseThrow().getPort();
            final TransportContext far = new TransportContext()
                    .aeronDirectory(temporary.resolve("far"))
                    .peers(List.of("127.0.0.1:" + port))
                    .secret(SECRET);
            try (TransportRuntime two = TransportRuntime.launch(far)) {
                final long[] sum = new long[1];
                final PolledSubscriber<ByteBuffer> subscriber =
                        two.poll(TOPIC, (message, delivery) -> sum[0] += message.getLong() + delivery.sequence());
                assertThat(publisher.awaitConnected(TransportContext.PUBLISH_TIMEOUT_DEFAULT))
                        .isTrue();
                final ByteBuffer[] ring = ring(size);
                exchange(publisher, subscriber, ring, fewer(transport, size, WARM_UP));
                assertThat(least(
                                everyThread(),
                                () -> exchange(publisher, subscriber, ring, fewer(transport, size, MEASURED))))
                        .isBetween(0L, SLACK_BYTES);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void leakySubscribersAllocateNothingOnAnyThread(final Transport transport) {
        try (TransportRuntime runtime = TransportRuntime.launch()) {
            final Publisher<ByteBuffer> publisher = runtime.publisher(TOPIC, Forced.options(transport));
            final PolledSubscriber<ByteBuffer> subscriber = runtime.poll(
                    TOPIC, SubscriberOptions.defaults().leaky(8), (message, delivery) -> message.getLong());
            final ByteBuffer[] ring = ring(64);
            leak(publisher, subscriber, ring, fewer(transport, 64, WARM_UP));
            assertThat(least(everyThread(), () -> leak(publisher, subscriber, ring, fewer(transport, 64, MEASURED))))
                    .isBetween(0L, SLACK_BYTES);
            assertThat(runtimesThreads("maar-drain")).hasSize(transport == Transport.LOCAL ? 0 : 1);
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void askingInTurnsAllocatesNothingOnAnyThread(final Transport transport) {
        try (TransportRuntime runtime = TransportRuntime.launch()) {
            final Publisher<ByteBuffer> publisher = runtime.publisher(TOPIC, Forced.options(transport));
            final Receiver<ByteBuffer> receiver = runtime.receiver(TOPIC);
            final ByteBuffer[] ring = ring(64);
            ask(publisher, receiver, ring, fewer(transport, 64, WARM_UP));
            assertThat(least(everyThread(), () -> ask(publisher, receiver, ring, fewer(transport, 64, MEASURED))))
                    .isBetween(0L, SLACK_BYTES);
        }
    }

    private static void ask(
            final Publisher<ByteBuffer> publisher,
            final Receiver<ByteBuffer> receiver,
            final ByteBuffer[] ring,
            final int count) {
        for (int i = 0; i < count; i++) {
            publisher.publish(ring[i % ring.length]);
            while (receiver.tryReceive().isEmpty()) {
                Thread.yield();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void handlersThatAnswerOnTheRuntimesThreadAllocateNothing(final Transport transport) {
        final Topic<ByteBuffer> answers = Topic.of("answers", Codec.bytes());
        try (TransportRuntime runtime = TransportRuntime.launch()) {
            final Publisher<ByteBuffer> publisher = runtime.publisher(TOPIC, Forced.options(transport));
            final Publisher<ByteBuffer> answering = runtime.publisher(answers, Forced.options(transport));
            final AtomicLong answered = new AtomicLong();
            final ByteBuffer answer = ByteBuffer.allocateDirect(64);
            runtime.subscribe(TOPIC, (message, delivery) -> answering.publish(answer));
            runtime.subscribe(answers, (message, delivery) -> answered.lazySet(answered.getPlain() + 1));
            final ByteBuffer[] ring = ring(64);
            final Runnable turns = () -> {
                final long end = answered.get() + fewer(transport, 64, MEASURED);
                while (answered.get() < end) {
                    final long before = answered.get();
                    publisher.publish(ring[(int) (before % ring.length)]);
                    while (answered.get() == before) {
                        Thread.yield();
                    }
                }
            };
            turns.run();
            assertThat(least(everyThread(), turns)).isBetween(0L, SLACK_BYTES);
        }
    }

    /** This thread and the runtime's own. */
    private long[] everyThread() {
        return LongStream.concat(LongStream.of(Thread.currentThread().getId()), Arrays.stream(runtimesThreads("maar-")))
                .toArray();
    }

    private long[] runtimesThreads(final String prefix) {
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().startsWith(prefix))
                .mapToLong(ThreadInfo::getThreadId)
                .toArray();
    }

    /** What those threads allocate together, unless they end, while the work is done, in the window of {@link #WINDOWS} with the least of it. */
    private long least(final long[] threadIds, final Runnable work) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < WINDOWS; i++) {
            final long[] before = threads.getThreadAllocatedBytes(threadIds);
            work.run();
            final long[] after = threads.getThreadAllocatedBytes(threadIds);
            least = Math.min(
                    least,
                    IntStream.range(0, threadIds.length)
                            .filter(thread -> after[thread] >= 0)
                            .mapToLong(thread -> after[thread] - before[thread])
                            .sum());
        }
        return least;
    }

    /** Some are dropped, some are heard. */
    private static void leak(
            final Publisher<ByteBuffer> publisher,
            final PolledSubscriber<ByteBuffer> subscriber,
            final ByteBuffer[] ring,
            final int count) {
        for (int i = 0; i < count; i++) {
            publisher.publish(ring[i % ring.length]);
            if (i % 20 == 0) {
                subscriber.poll(4);
            }
        }
    }

    private static void exchange(
            final Publisher<ByteBuffer> publisher,
            final PolledSubscriber<ByteBuffer> subscriber,
            final ByteBuffer[] ring,
            final int count) {
        for (int i = 0; i < count; i++) {
            publisher.publish(ring[i % ring.length]);
            while (subscriber.poll(1) == 0) {
                Thread.yield();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"LOCAL", "SHM", "UDP", "TCP"})
    void backPressureAndBlockingReceiversAllocateNothing(final Transport transport) throws Exception {
        try (TransportRuntime runtime = TransportRuntime.launch()) {
            final Publisher<ByteBuffer> publisher = runtime.publisher(TOPIC, Forced.options(transport));
            final Receiver<ByteBuffer> receiver = runtime.receiver(TOPIC);
            final AtomicLong received = new AtomicLong(-1);
            final CountDownLatch warm = new CountDownLatch(1);
            final Thread reader = new Thread(() -> {
                receive(receiver, WARM_UP);
                warm.countDown();
                final long[] self = {Thread.currentThread().getId()};
                received.set(least(self, () -> receive(receiver, MEASURED / WINDOWS)));
            });
            reader.start();
            final ByteBuffer[] ring = ring(64);
            publish(publisher, ring, WARM_UP);
            warm.await();
            final long[] self = {Thread.currentThread().getId()};
            final long sent = least(self, () -> publish(publisher, ring, MEASURED / WINDOWS));
            reader.join();
            assertThat(sent).isBetween(0L, SLACK_BYTES);
            assertThat(received.get()).isBetween(0L, SLACK_BYTES);
        }
    }

    private static void receive(final Receiver<ByteBuffer> receiver, final int count) {
        for (int i = 0; i < count; i++) {
            receiver.receive(TransportContext.PUBLISH_TIMEOUT_DEFAULT).getLong();
        }
    }

    private static void publish(final Publisher<ByteBuffer> publisher, final ByteBuffer[] ring, final int count) {
        for (int i = 0; i < count; i++) {
            publisher.publish(ring[i % ring.length]);
        }
    }
}
