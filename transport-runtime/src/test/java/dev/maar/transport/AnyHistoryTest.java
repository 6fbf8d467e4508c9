package dev.maar.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/**
 * Any sequence of joining, leaving, pausing, publishing and polling behaves like a queue for each subscriber, which forgets
 * its oldest message when that is a leaky one.
 */
final class AnyHistoryTest {

    private static final Topic<String> TOPIC = Topic.of("history", new TextCodec());
    private static final int BOUND = 4;
    private static final Duration SOON = Duration.ofSeconds(10);

    enum Step {
        PUBLISH,
        POLL,
        PAUSE,
        RESUME,
        JOIN,
        JOIN_LEAKY,
        LEAVE
    }

    /** A subscriber and what it should still hear. */
    private static final class Member {
        private final Deque<String> owed = new ArrayDeque<>();
        private final List<String> heard = new ArrayList<>();
        private final PolledSubscriber<String> subscriber;
        private final boolean leaky;
        private long dropped;

        Member(final TransportRuntime runtime, final boolean leaky) {
            this.leaky = leaky;
            final SubscriberOptions options = SubscriberOptions.defaults();
            subscriber = runtime.poll(
                    TOPIC, leaky ? options.leaky(BOUND) : options, (message, delivery) -> heard.add(message));
        }

        boolean hasRoom() {
            return leaky || owed.size() < BOUND;
        }

        /** Whether messages are in flight to it. */
        boolean isOwed() {
            return !leaky && !owed.isEmpty();
        }

        void owe(final String message) {
            if (leaky && owed.size() == BOUND) {
                owed.remove();
                dropped++;
            }
            owed.add(message);
        }

        void pollOne() {
            heard.clear();
            await().atMost(SOON)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> subscriber.dropped() == dropped);
            if (owed.isEmpty() || subscriber.isPaused()) {
                assertThat(subscriber.poll(1)).isZero();
                assertThat(heard).isEmpty();
            } else {
                await().atMost(SOON)
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> subscriber.poll(1) == 1);
                assertThat(heard).containsExactly(owed.remove());
            }
        }
    }

    @Provide
    Arbitrary<List<Tuple2<Step, Integer>>> histories() {
        final Arbitrary<Step> steps = Arbitraries.frequency(
                Tuple.of(10, Step.PUBLISH),
                Tuple.of(10, Step.POLL),
                Tuple.of(1, Step.PAUSE),
                Tuple.of(2, Step.RESUME),
                Tuple.of(2, Step.JOIN),
                Tuple.of(1, Step.JOIN_LEAKY),
                Tuple.of(1, Step.LEAVE));
        return steps.flatMap(step -> Arbitraries.integers().between(0, 7).map(whom -> Tuple.of(step, whom)))
                .list()
                .ofMaxSize(80);
    }

    @Property(tries = 100)
    void localDeliveryIsAQueueForEachSubscriber(@ForAll("histories") final List<Tuple2<Step, Integer>> history) {
        live(history, Transport.LOCAL);
    }

    @Property(tries = 10)
    void sharedMemoryIsAQueueForEachSubscriber(@ForAll("histories") final List<Tuple2<Step, Integer>> history) {
        live(history, Transport.SHM);
    }

    @Property(tries = 10)
    void udpIsAQueueForEachSubscriber(@ForAll("histories") final List<Tuple2<Step, Integer>> history) {
        live(history, Transport.UDP);
    }

    @Property(tries = 10)
    void tcpIsAQueueForEachSubscriber(@ForAll("histories") final List<Tuple2<Step, Integer>> history) {
        live(history, Transport.TCP);
    }

    private static void live(final List<Tuple2<Step, Integer>> history, final Transport transport) {
        try (TransportRuntime runtime = TransportRuntime.launch(new TransportContext().maxInFlight(BOUND))) {
            final Publisher<String> publisher = runtime.publisher(TOPIC, Forced.options(transport));
            final List<Member> members = new ArrayList<>();
            int published = 0;
            for (final Tuple2<Step, Integer> step : history) {
                final int whom = members.isEmpty() ? 0 : step.get2() % members.size();
                switch (step.get1()) {
                    case JOIN -> members.add(new Member(runtime, false));
                    case JOIN_LEAKY -> members.add(new Member(runtime, true));
                    case LEAVE -> {
                        if (!members.isEmpty()) {
                            members.remove(whom).subscriber.close();
                        }
                    }
                    case PAUSE -> {
                        if (!members.isEmpty()) {
                            members.get(whom).subscriber.pause();
                        }
                    }
                    case RESUME -> {
                        if (!members.isEmpty()) {
                            members.get(whom).subscriber.resume();
                        }
                    }
                    case POLL -> {
                        if (!members.isEmpty()) {
                            members.get(whom).pollOne();
                        }
                    }
                    case PUBLISH -> {
                        final String message = Integer.toString(published++);
                        final boolean room = members.stream().allMatch(Member::hasRoom);
                        if (!room) {
                            assertThat(publisher.tryPublish(message)).isFalse();
                        } else {
                            publisher.publish(message);
                            members.forEach(member -> member.owe(message));
                        }
                    }
                }
                assertThat(publisher.isConnected()).isEqualTo(!members.isEmpty());
                if (members.stream().noneMatch(Member::isOwed)) {
                    assertThat(publisher.awaitDrained(SOON)).isTrue();
                } else {
                    assertThat(publisher.isDrained()).isFalse();
                }
            }
        }
    }
}
