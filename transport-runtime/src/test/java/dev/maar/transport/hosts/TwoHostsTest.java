package dev.maar.transport.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maar.transport.hosts.TwoHosts.Traffic;
import dev.maar.transport.hosts.TwoHosts.Weather;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two JVMs in two network namespaces: everything arrives in order and whole, whatever the network does. */
final class TwoHostsTest {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final Duration CUT = Duration.ofSeconds(5);
    private static final long SEED = 20_261_123;
    private static final String NO_GROUP = "-";
    private static final String GROUP = "239.77.0.1:40777";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    @SuppressWarnings("NullAway.Init")
    private TwoHosts hosts;

    @BeforeEach
    void open() throws IOException {
        final String hindrance = TwoHosts.hindrance();
        if (!"true".equals(System.getenv(TwoHosts.REQUIRED_ENV))) {
            Assumptions.assumeTrue(hindrance.isEmpty(), hindrance);
        }
        assertThat(hindrance).isEmpty();
        hosts = new TwoHosts(temporary, SEED);
    }

    @AfterEach
    void close() {
        if (hosts != null) {
            hosts.close();
        }
    }

    private static void eventually(final Conversation a, final Conversation b, final Callable<Boolean> condition) {
        await().atMost(SOON)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .failFast(() -> {
                    if (a.said("error").isPresent() || b.said("error").isPresent()) {
                        throw new AssertionError(a + " | " + b);
                    }
                })
                .until(condition);
    }

    private Conversation sender(final String transport, final int count, final String group) throws IOException {
        return hosts.startA(
                LogHost.class,
                transport + "-send",
                temporary.resolve("a").toString(),
                TwoHosts.ADDRESS_A,
                Integer.toString(count),
                group);
    }

    private Conversation receiver(final String transport, final int count, final String group) throws IOException {
        return hosts.startB(
                LogHost.class,
                transport + "-receive",
                temporary.resolve("b").toString(),
                TwoHosts.ADDRESS_B,
                Integer.toString(count),
                group);
    }

    /** Brings the two together as the runtimes' mesh does. */
    private static void introduce(final Conversation sender, final Conversation receiver, final String transport) {
        if (transport.equals("tcp")) {
            eventually(sender, receiver, () -> receiver.said("address").isPresent());
            sender.tell(receiver.said("address").orElseThrow());
            return;
        }
        eventually(sender, receiver, () -> sender.said("offer").isPresent());
        receiver.onSaid("position", sender::tell);
        receiver.onSaid("endpoint", sender::tell);
        receiver.tell(sender.said("offer").orElseThrow());
    }

    private static void complete(final Conversation sender, final Conversation receiver, final int count) {
        eventually(sender, receiver, () -> receiver.number("received") == count && sender.number("drained") == count);
        eventually(
                sender,
                receiver,
                () -> sender.said("closed").isPresent()
                        && receiver.said("closed").isPresent());
    }

    @ParameterizedTest
    @CsvSource({"tcp", "udp"})
    void everythingArrivesThroughLossDelayAndReordering(final String transport) throws IOException {
        final int count = 500;
        final Conversation sender = sender(transport, count, NO_GROUP);
        final Conversation receiver = receiver(transport, count, NO_GROUP);
        hosts.set(Weather.BAD);
        introduce(sender, receiver, transport);
        complete(sender, receiver, count);
        final Traffic traffic = hosts.set(Weather.FINE);
        assertThat(traffic.lost()).isPositive();
        assertThat(traffic.ahead()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"tcp", "udp"})
    void everythingArrivesThroughACutOfFiveSeconds(final String transport) throws IOException {
        final int count = 6_000;
        final Conversation sender = sender(transport, count, NO_GROUP);
        final Conversation receiver = receiver(transport, count, NO_GROUP);
        introduce(sender, receiver, transport);
        eventually(sender, receiver, () -> receiver.number("read") > 500);
        hosts.set(Weather.CUT);
        final long before = receiver.number("read");
        await().during(CUT).atMost(SOON).until(() -> sender.said("drained").isEmpty());
        assertThat(sender.number("sent")).isLessThanOrEqualTo(receiver.number("read") + 2 * LogHost.BOUND);
        assertThat(receiver.number("read")).isLessThan(before + count / 4);
        hosts.set(Weather.FINE);
        complete(sender, receiver, count);
    }

    @Test
    void everythingArrivesByMulticast() throws IOException {
        final int count = 500;
        final Conversation sender = sender("udp", count, GROUP);
        final Conversation receiver = receiver("udp", count, GROUP);
        introduce(sender, receiver, "udp");
        complete(sender, receiver, count);
    }

    @Test
    void thatUdpDoesNotGetThroughIsNoticedAndTcpStillDoes() throws IOException {
        final int count = 200;
        hosts.set(Weather.NO_UDP);
        final Conversation sender = sender("udp", count, NO_GROUP);
        final Conversation receiver = receiver("udp", count, NO_GROUP);
        introduce(sender, receiver, "udp");
        eventually(sender, receiver, () -> receiver.said("late").isPresent());
        final Conversation again = hosts.startA(
                LogHost.class, "tcp-send", temporary.resolve("c").toString(), TwoHosts.ADDRESS_A, "200", NO_GROUP);
        final Conversation there = hosts.startB(
                LogHost.class, "tcp-receive", temporary.resolve("d").toString(), TwoHosts.ADDRESS_B, "200", NO_GROUP);
        introduce(again, there, "tcp");
        complete(again, there, count);
    }
}
