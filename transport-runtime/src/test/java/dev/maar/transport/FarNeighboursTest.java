package dev.maar.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Publishers and subscribers of processes that share no media driver, as those of different hosts do, and of processes
 * that share one and yet use TCP.
 */
final class FarNeighboursTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String SECRET = "-Dsecret=not-to-be-guessed";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    @RegisterExtension
    private final Talkers talkers = new Talkers();

    private Talker talker(final String host, final String... flags) throws IOException {
        return talkers.start(temporary.resolve(host), flags);
    }

    private static void eventually(final Callable<Boolean> condition) {
        await().atMost(SOON)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(condition);
    }

    private static String counts(final String by, final String count) {
        return "local 0/0 shm 0/0 udp " + (by.equals("udp") ? count : "0/0") + " tcp "
                + (by.equals("tcp") ? count : "0/0");
    }

    @ParameterizedTest
    @CsvSource({"LOCAL,udp", "UDP,udp", "TCP,tcp"})
    void messagesTravelToAnotherHostAndTheBoundHolds(final String forced, final String by) throws Exception {
        final Talker one = talker("a", "-Dlisten=127.0.0.1:0", SECRET);
        one.ask("publisher a " + forced);
        one.ask("publisher slow " + forced);
        final Talker two = talker("b", "-Dpeer=127.0.0.1:" + one.ask("port"), SECRET);
        two.ask("subscriber a");
        assertThat(one.ask("connected a")).isEqualTo("true 1");
        assertThat(one.ask("publish a 5000 100")).isEqualTo("done");
        assertThat(one.ask("publish a 20 1000000")).isEqualTo("done");
        assertThat(one.ask("drained a")).isEqualTo("true");
        assertThat(two.ask("heard a")).isEqualTo("5020 5019 " + by + "#5019 fine");
        assertThat(one.ask("counters")).isEqualTo(counts(by, "5020/0"));
        assertThat(two.ask("counters")).isEqualTo(counts(by, "0/5020"));
        two.ask("receiver slow");
        one.ask("connected slow");
        for (int i = 0; i < 32; i++) {
            assertThat(one.ask("try slow")).isEqualTo("true");
        }
        assertThat(one.ask("try slow")).isEqualTo("false");
        assertThat(two.ask("receive slow")).isEqualTo("5020 " + by + "#0");
        assertThat(two.ask("receive slow")).isEqualTo("5021 " + by + "#1");
        eventually(() -> one.ask("try slow").equals("true"));
    }

    @Test
    void whatWasSentArrivesThoughThePublisherEndsAtOnce() throws Exception {
        final Talker one = talker("a", "-Dlisten=127.0.0.1:0", SECRET);
        one.ask("publisher a");
        final Talker two = talker("b", "-Dpeer=127.0.0.1:" + one.ask("port"), SECRET);
        two.ask("subscriber a");
        assertThat(one.ask("connected a")).isEqualTo("true 1");
        assertThat(one.ask("publish a 25 50000")).isEqualTo("done");
        assertThat(one.ask("close")).isEqualTo("done");
        eventually(() -> two.ask("heard a").equals("25 24 udp#24 fine"));
    }

    @Test
    void thisHostAndAnotherAreServedAtTheSameTime() throws Exception {
        final Talker one = talker("a", "-Dlisten=127.0.0.1:0", SECRET);
        one.ask("subscriber a");
        one.ask("publisher a");
        final Talker near = talker("a");
        final Talker far = talker("b", "-Dpeer=127.0.0.1:" + one.ask("port"), SECRET);
        near.ask("subscriber a");
        far.ask("subscriber a");
        eventually(() -> one.ask("connected a").equals("true 3"));
        one.ask("publish a 2000 100");
        one.ask("publish a 5 500000");
        one.ask("drained a");
        assertThat(one.ask("heard a")).isEqualTo("2005 2004 local#2004 fine");
        assertThat(near.ask("heard a")).isEqualTo("2005 2004 shm#2004 fine");
        assertThat(far.ask("heard a")).isEqualTo("2005 2004 udp#2004 fine");
        assertThat(one.ask("counters")).isEqualTo("local 2005/2005 shm 2005/0 udp 2005/0 tcp 0/0");
        far.kill();
        eventually(() -> one.ask("connected a").equals("true 2"));
        assertThat(one.ask("publish a 100 100")).isEqualTo("done");
        assertThat(one.ask("drained a")).isEqualTo("true");
        assertThat(near.ask("heard a")).isEqualTo("2105 2104 shm#2104 fine");
    }

    @Test
    void tcpIsForcedBetweenProcessesOfOneHostToo() throws Exception {
        final Talker one = talker("a");
        final Talker two = talker("a");
        two.ask("subscriber a");
        one.ask("publisher a TCP");
        one.ask("connected a");
        one.ask("publish a 1000 100");
        one.ask("drained a");
        assertThat(two.ask("heard a")).isEqualTo("1000 999 tcp#999 fine");
        assertThat(one.ask("unpublish a")).isEqualTo("done");
        two.ask("leave a");
    }
}
