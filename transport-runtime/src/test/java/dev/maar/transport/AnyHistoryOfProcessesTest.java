package dev.maar.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/**
 * Any sequence of publishing and of processes that subscribe, leave, pause and are killed with -9: each hears everything from
 * when it has joined, what a paused one has not finished holds the publisher back, and who has gone holds nobody back. By
 * LOCAL a subscriber of the publisher's own process is served, whom the others must not disturb.
 */
final class AnyHistoryOfProcessesTest {

    private static final Topic<ByteBuffer> TOPIC = Topic.of("h", Codec.bytes());
    private static final int BOUND = 8;
    private static final int PROCESSES = 3;
    private static final int TRIES = 2;
    private static final Duration SOON = Duration.ofSeconds(30);

    enum Step {
        PUBLISH,
        JOIN,
        PAUSE,
        RESUME,
        LEAVE,
        KILL
    }

    @Provide
    Arbitrary<List<Tuple2<Step, Integer>>> histories() {
        final Arbitrary<Step> steps = Arbitraries.frequency(
                Tuple.of(6, Step.PUBLISH),
                Tuple.of(4, Step.JOIN),
                Tuple.of(2, Step.PAUSE),
                Tuple.of(1, Step.RESUME),
                Tuple.of(1, Step.LEAVE),
                Tuple.of(1, Step.KILL));
        return steps.flatMap(step -> Arbitraries.integers().between(0, 20).map(whom -> Tuple.of(step, whom)))
                .list()
                .ofMinSize(12)
                .ofMaxSize(24);
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void localDeliveryIsNotDisturbed(@ForAll("histories") final List<Tuple2<Step, Integer>> history) throws Exception {
        live(history, Transport.LOCAL);
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void sharedMemoryServesWhoIsThere(@ForAll("histories") final List<Tuple2<Step, Integer>> history) throws Exception {
        live(history, Transport.SHM);
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void udpServesWhoIsThere(@ForAll("histories") final List<Tuple2<Step, Integer>> history) throws Exception {
        live(history, Transport.UDP);
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void tcpServesWhoIsThere(@ForAll("histories") final List<Tuple2<Step, Integer>> history) throws Exception {
        live(history, Transport.TCP);
    }

    /** What is sent again because of a process that was killed reaches who has joined since, and is not for it. */
    @Example
    void whoPausesAtOnceHoldsNobodyBackForWhatWasBefore() throws Exception {
        final List<Tuple2<Step, Integer>> history = List.of(
                Tuple.of(Step.JOIN, 0),
                Tuple.of(Step.PUBLISH, 5),
                Tuple.of(Step.KILL, 0),
                Tuple.of(Step.PUBLISH, 10),
                Tuple.of(Step.JOIN, 0),
                Tuple.of(Step.PAUSE, 0),
                Tuple.of(Step.PUBLISH, 2));
        for (int i = 0; i < 3; i++) {
            live(history, Transport.UDP);
        }
    }

    private static void live(final List<Tuple2<Step, Integer>> history, final Transport transport) throws Exception {
        final Path directory = Files.createTempDirectory("maar-history-");
        try (History lived = new History(directory.resolve("aeron"), transport)) {
            for (final Tuple2<Step, Integer> step : history) {
                lived.take(step.get1(), step.get2());
            }
            lived.end();
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static void eventually(final Callable<Boolean> condition) {
        await().atMost(SOON)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(condition);
    }

    /** A process that subscribes, and what it should have heard. */
    private static final class Member {
        private final Talker process;
        private final long joinedAt;
        private boolean paused;
        private int owed;

        Member(final Talker process, final long joinedAt) {
            this.process = process;
            this.joinedAt = joinedAt;
        }

        boolean holdsBack() {
            return owed == BOUND;
        }

        void hasHeard(final long published) {
            final long count = published - joinedAt;
            final String expected = count == 0 ? "0 -1 " : count + " " + (published - 1) + " ";
            eventually(() -> process.ask("heard h").startsWith(expected));
        }
    }

    private static final class History implements AutoCloseable {
        private final Transport transport;
        private final TransportRuntime runtime;
        private final Publisher<ByteBuffer> publisher;
        private final List<String> surprises = new ArrayList<>();
        private final Deque<Talker> outside = new ArrayDeque<>();
        private final List<Member> members = new ArrayList<>();
        private long heard;
        private long published;

        History(final Path aeronDirectory, final Transport transport) throws IOException {
            this.transport = transport;
            for (int i = 0; i < PROCESSES; i++) {
                outside.add(Talker.start(aeronDirectory));
            }
            runtime = TransportRuntime.launch(new TransportContext()
                    .aeronDirectory(aeronDirectory)
                    .maxInFlight(BOUND)
                    .publishTimeout(SOON));
            publisher = runtime.publisher(TOPIC, Forced.options(transport));
            runtime.subscribe(TOPIC, this::hear);
        }

        private void hear(final ByteBuffer message, final Delivery delivery) {
            if (Chatter.number(message) != heard || delivery.transport() != transport) {
                surprises.add(Chatter.number(message) + " instead of " + heard + " by " + delivery);
            }
            heard++;
        }

        void take(final Step step, final int whom) throws Exception {
            if (step == Step.PUBLISH) {
                publish(1 + whom);
            } else if (step == Step.JOIN) {
                join();
            } else if (!members.isEmpty()) {
                treat(step, members.get(whom % members.size()));
            }
            assertThat(surprises).isEmpty();
        }

        private void treat(final Step step, final Member member) throws Exception {
            switch (step) {
                case PAUSE -> pause(member);
                case RESUME -> resume(member);
                case LEAVE -> {
                    resume(member);
                    member.process.ask("leave h");
                    members.remove(member);
                    outside.add(member.process);
                    areConnected();
                }
                case KILL -> {
                    member.process.kill();
                    members.remove(member);
                    areConnected();
                }
                case PUBLISH, JOIN -> throw new IllegalArgumentException(step + " concerns nobody");
            }
        }

        /** Nothing large while someone is paused: more than a window of UDP would not even get to the others. */
        private void publish(final int count) {
            final boolean large = members.stream().noneMatch(member -> member.paused);
            for (int i = 0; i < count; i++) {
                final ByteBuffer message = Chatter.message(published, i == 3 && large ? 150_000 : 16 + 7 * i);
                if (members.stream().anyMatch(Member::holdsBack)) {
                    assertThat(publisher.tryPublish(message)).isFalse();
                    break;
                }
                publisher.publish(message);
                published++;
                members.stream().filter(member -> member.paused).forEach(member -> member.owed++);
            }
            members.stream().filter(member -> !member.paused).forEach(member -> member.hasHeard(published));
        }

        private void join() throws IOException {
            if (!outside.isEmpty()) {
                final Talker process = outside.remove();
                process.ask("subscriber h");
                members.add(new Member(process, published));
                areConnected();
            }
        }

        private void areConnected() {
            eventually(() -> publisher.connections().size() == members.size() + 1);
        }

        private void pause(final Member member) throws IOException {
            if (!member.paused) {
                member.hasHeard(published);
                member.process.ask("pause h");
                member.paused = true;
            }
        }

        private void resume(final Member member) throws IOException {
            if (member.paused) {
                member.process.ask("resume h");
                member.paused = false;
                member.owed = 0;
            }
            member.hasHeard(published);
        }

        /** One is killed while it holds the publisher back; the others have heard everything. */
        void end() throws Exception {
            join();
            for (final Member member : List.copyOf(members)) {
                resume(member);
            }
            if (!members.isEmpty()) {
                final Member victim = members.get(0);
                pause(victim);
                publish(BOUND + 1);
                treat(Step.KILL, victim);
            }
            publish(BOUND + 1);
            assertThat(publisher.awaitDrained(SOON)).isTrue();
            for (final Member member : members) {
                assertThat(member.process.ask("heard h")).endsWith(" fine");
            }
            assertThat(surprises).isEmpty();
            assertThat(heard).isEqualTo(published);
            assertThat(runtime.counters().sent(transport)).isEqualTo(published);
            assertThat(runtime.counters().received(transport)).isEqualTo(published);
        }

        @Override
        public void close() throws InterruptedException {
            runtime.close();
            for (final Member member : members) {
                member.process.close();
            }
            for (final Talker talker : outside) {
                talker.close();
            }
        }
    }
}
