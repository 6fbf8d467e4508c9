package dev.maar.transport.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

/** Two runtimes in two network namespaces, a publisher in one and subscribers in the other, whatever the network does. */
final class TwoRuntimesTest {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final Duration CUT = Duration.ofSeconds(5);
    private static final Duration TOO_LONG_A_CUT = Duration.ofMillis(11_500);
    private static final long SEED = 20_261_124;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    @SuppressWarnings("NullAway.Init")
    private TwoHosts hosts;

    @SuppressWarnings("NullAway.Init")
    private Conversation publisher;

    @SuppressWarnings("NullAway.Init")
    private Conversation subscriber;

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

    private void start(final int count, final String forced) throws IOException {
        publisher = hosts.startA(
                RuntimeHost.class, "publish", temporary.resolve("a").toString(), Integer.toString(count), forced);
        subscriber = hosts.startB(
                RuntimeHost.class, "subscribe", temporary.resolve("b").toString(), Integer.toString(count), forced);
    }

    private void eventually(final Callable<Boolean> condition) {
        await().atMost(SOON)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .failFast(() -> {
                    if (publisher.said("error").isPresent()
                            || subscriber.said("error").isPresent()) {
                        throw new AssertionError(publisher + " | " + subscriber);
                    }
                })
                .until(condition);
    }

    private void complete(final String transport) {
        eventually(() -> subscriber.said("complete").isPresent());
        eventually(() -> publisher.said("closed").isPresent()
                && subscriber.said("closed").isPresent());
        assertThat(publisher.said("connected")).contains("[" + transport + "]");
        assertThat(subscriber.said("complete")).contains(transport);
    }

    @ParameterizedTest
    @CsvSource({"none,udp", "multicast,udp", "tcp,tcp"})
    void everythingArrivesThroughLossDelayAndReordering(final String forced, final String transport)
            throws IOException {
        hosts.set(Weather.BAD);
        start(500, forced);
        complete(transport);
        assertThat(hosts.set(Weather.FINE).lost()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"none,udp", "tcp,tcp"})
    void everythingArrivesThroughACutOfFiveSeconds(final String forced, final String transport) throws IOException {
        start(3_000, forced);
        eventually(() -> subscriber.number("read") > 200);
        hosts.set(Weather.CUT);
        await().during(CUT).atMost(SOON).until(() -> publisher.said("published").isEmpty());
        hosts.set(Weather.FINE);
        complete(transport);
    }

    /** Aeron gives a log up that has not come for 10 s; peers are given up after 15 s. */
    @Test
    void whoIsCutOffFromUdpForTooLongMissesSomeAndIsConnectedAgain() throws IOException {
        start(0, "none");
        eventually(() -> subscriber.number("read") > 200);
        hosts.set(Weather.CUT);
        await().during(TOO_LONG_A_CUT)
                .atMost(SOON)
                .until(() -> subscriber.said("gaps-0").isEmpty());
        hosts.set(Weather.FINE);
        eventually(() -> subscriber.said("well-0").isPresent()
                && subscriber.said("well-1").isPresent());
        subscriber.tell("stop");
        publisher.tell("stop");
        eventually(() -> publisher.said("closed").isPresent()
                && subscriber.said("closed").isPresent());
        for (int i = 0; i < RuntimeHost.SUBSCRIBERS; i++) {
            assertThat(subscriber.said("well-" + i)).contains("udp");
            assertThat(subscriber.said("gaps-" + i)).contains("1");
        }
    }

    @Test
    void whereUdpDoesNotGetThroughTcpIsUsed() throws IOException {
        hosts.set(Weather.NO_UDP);
        start(200, "none");
        complete("tcp");
    }
}
