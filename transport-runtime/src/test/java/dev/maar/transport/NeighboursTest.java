package dev.maar.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publishers and subscribers of several processes of one host. */
final class NeighboursTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    private final List<Talker> talkers = new ArrayList<>();

    @AfterEach
    void close() throws InterruptedException {
        for (final Talker talker : talkers) {
            talker.close();
        }
    }

    private Talker talker() throws IOException {
        final Talker talker = Talker.start(temporary.resolve("aeron"));
        talkers.add(talker);
        return talker;
    }

    private static void eventually(final Callable<Boolean> condition) {
        await().atMost(SOON)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(condition);
    }

    @Test
    void messagesBetweenTwoProcessesTravelThroughSharedMemory() throws Exception {
        final Talker one = talker();
        final Talker two = talker();
        assertThat(one.ask("publisher a")).isEqualTo("done");
        assertThat(two.ask("subscriber a")).isEqualTo("done");
        assertThat(one.ask("connected a")).isEqualTo("true 1");
        assertThat(one.ask("publish a 5000 100")).isEqualTo("done");
        assertThat(one.ask("publish a 20 1000000")).isEqualTo("done");
        assertThat(one.ask("drained a")).isEqualTo("true");
        assertThat(two.ask("heard a")).isEqualTo("5020 5019 shm#5019 fine");
        assertThat(one.ask("counters")).isEqualTo("local 0/0 shm 5020/0 udp 0/0 tcp 0/0");
        assertThat(two.ask("counters")).isEqualTo("local 0/0 shm 0/5020 udp 0/0 tcp 0/0");
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
}
