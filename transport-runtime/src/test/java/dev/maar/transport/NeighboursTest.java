package dev.maar.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Publishers and subscribers of several processes of one host. */
final class NeighboursTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final long SEED = 20_261_121;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    @RegisterExtension
    private final Talkers talkers = new Talkers();

    private Talker talker() throws IOException {
        return talkers.start(temporary.resolve("aeron"));
    }

    private static void eventually(final Callable<Boolean> condition) {
        await().atMost(SOON)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(condition);
    }

    @ParameterizedTest
    @CsvSource({"LOCAL,shm", "SHM,shm", "UDP,udp", "TCP,tcp"})
    void messagesOfAllSizesTravelBetweenTwoProcessesByWhatIsForced(final String forced, final String by)
            throws Exception {
        final Talker one = talker();
        final Talker two = talker();
        assertThat(one.ask("publisher a " + forced)).isEqualTo("done");
        assertThat(two.ask("subscriber a")).isEqualTo("done");
        assertThat(one.ask("connected a")).isEqualTo("true 1");
        assertThat(one.ask("publish a 5000 100")).isEqualTo("done");
        assertThat(one.ask("publish a 20 1000000")).isEqualTo("done");
        assertThat(one.ask("publish a 2 67108864")).isEqualTo("done");
        assertThat(one.ask("drained a")).isEqualTo("true");
        assertThat(two.ask("heard a")).isEqualTo("5022 5021 " + by + "#5021 fine");
        assertThat(one.ask("counters")).isEqualTo(counts(by, "5022/0"));
        assertThat(two.ask("counters")).isEqualTo(counts(by, "0/5022"));
    }

    private static String counts(final String by, final String count) {
        return Stream.of(Transport.values())
                .map(each -> each.label() + " " + (each.label().equals(by) ? count : "0/0"))
                .collect(Collectors.joining(" "));
    }

    @Test
    void oneMessageGoesToThisProcessAndToOthersEachByItsTransport() throws Exception {
        final Talker one = talker();
        final Talker two = talker();
        final Talker three = talker();
        one.ask("subscriber a");
        two.ask("subscriber a");
        three.ask("subscriber a");
        one.ask("publisher a");
        eventually(() -> one.ask("connected a").equals("true 3"));
        one.ask("publish a 1000 64");
        one.ask("publish a 3 300000");
        one.ask("drained a");
        assertThat(one.ask("heard a")).isEqualTo("1003 1002 local#1002 fine");
        assertThat(two.ask("heard a")).isEqualTo("1003 1002 shm#1002 fine");
        assertThat(three.ask("heard a")).isEqualTo("1003 1002 shm#1002 fine");
        assertThat(one.ask("counters")).isEqualTo("local 1003/1003 shm 1003/0 udp 0/0 tcp 0/0");
    }

    @Test
    void noMoreThanTheBoundIsInFlightBetweenProcesses() throws Exception {
        final Talker one = talker();
        final Talker two = talker();
        two.ask("receiver a");
        one.ask("publisher a");
        one.ask("connected a");
        for (int i = 0; i < 32; i++) {
            assertThat(one.ask("try a")).isEqualTo("true");
        }
        assertThat(one.ask("try a")).isEqualTo("false");
        assertThat(two.ask("receive a")).isEqualTo("0 shm#0");
        assertThat(one.ask("try a")).isEqualTo("false");
        assertThat(two.ask("receive a")).isEqualTo("1 shm#1");
        eventually(() -> one.ask("try a").equals("true"));
        assertThat(one.ask("try a")).isEqualTo("false");
    }

    @Test
    void aKilledSubscriberHoldsNobodyBack() throws Exception {
        final Talker one = talker();
        final Talker two = talker();
        final Talker victim = talker();
        one.ask("publisher a");
        two.ask("subscriber a");
        victim.ask("receiver a");
        eventually(() -> one.ask("connected a").equals("true 2"));
        for (int i = 0; i < 32; i++) {
            assertThat(one.ask("try a")).isEqualTo("true");
        }
        assertThat(one.ask("try a")).isEqualTo("false");
        victim.kill();
        eventually(() -> one.ask("connected a").equals("true 1"));
        assertThat(one.ask("publish a 200 100000")).isEqualTo("done");
        assertThat(one.ask("drained a")).isEqualTo("true");
        assertThat(two.ask("heard a")).endsWith("fine").contains(" shm#");
    }

    @Test
    void whatAKilledPublisherCommittedIsHeardToTheEnd() throws Exception {
        final Talker host = talker();
        final Talker victim = talker();
        host.ask("receiver a");
        host.ask("publisher keeps-the-driver SHM");
        host.ask("subscriber keeps-the-driver");
        victim.ask("publisher a");
        victim.ask("connected a");
        victim.ask("publish a 20 100");
        victim.kill();
        for (int i = 0; i < 20; i++) {
            assertThat(host.ask("receive a")).isEqualTo(i + " shm#" + i);
        }
        final Talker heir = talker();
        heir.ask("publisher a");
        heir.ask("connected a");
        heir.ask("publish a 1 100");
        assertThat(host.ask("receive a")).isEqualTo("0 shm#0");
    }

    @Test
    void joinersAndLeaversInOtherProcessesDoNotDisturbTheOthers() throws Exception {
        final Talker one = talker();
        final Talker steady = talker();
        final Talker guest = talker();
        one.ask("publisher a");
        steady.ask("subscriber a");
        one.ask("connected a");
        final Random random = new Random(SEED);
        for (int i = 0; i < 10; i++) {
            one.order("publish a 3000 500");
            guest.ask("subscriber a");
            if (random.nextBoolean()) {
                assertThat(one.answer()).isEqualTo("done");
                eventually(() -> one.ask("connected a").equals("true 2"));
                one.order("publish a 3000 500");
            }
            guest.ask("leave a");
            assertThat(guest.ask("heard a")).endsWith("fine");
            assertThat(one.answer()).isEqualTo("done");
        }
        assertThat(one.ask("drained a")).isEqualTo("true");
        assertThat(steady.ask("heard a")).endsWith("fine").contains(" shm#");
        assertThat(one.ask("counters"))
                .startsWith("local 0/0 shm " + steady.ask("heard a").split(" ")[0] + "/0");
    }

    @Test
    void garbageOnTheControlSocketHarmsNobodyWhoTalks() throws Exception {
        final Talker one = talker();
        final Talker two = talker();
        one.ask("publisher a");
        two.ask("subscriber a");
        one.ask("connected a");
        final Random random = new Random(SEED);
        final List<Path> sockets;
        try (Stream<Path> files = Files.list(temporary.resolve("aeron.mesh"))) {
            sockets = files.filter(file -> file.toString().endsWith(".sock")).toList();
        }
        assertThat(sockets).hasSize(2);
        for (int i = 0; i < 20; i++) {
            final byte[] garbage = new byte[random.nextInt(2_000)];
            random.nextBytes(garbage);
            try (SocketChannel stranger = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                stranger.connect(UnixDomainSocketAddress.of(sockets.get(i % 2)));
                stranger.write(ByteBuffer.wrap(garbage));
            }
        }
        one.ask("publish a 1000 100");
        one.ask("drained a");
        assertThat(two.ask("heard a")).isEqualTo("1000 999 shm#999 fine");
    }
}
