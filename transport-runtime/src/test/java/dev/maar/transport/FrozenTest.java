package dev.maar.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that is frozen as a whole does not hold publishers of others back by its leaky subscribers. */
final class FrozenTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    /** More than fits into a log, several times. */
    private static final int MANY = 20_000;

    private static final int MORE = 100;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    @RegisterExtension
    private final Talkers talkers = new Talkers();

    private Talker talker() throws IOException {
        return talkers.start(temporary.resolve("aeron"));
    }

    private static void signal(final Talker talker, final String name) throws Exception {
        final String pid = Long.toString(talker.process().pid());
        assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor())
                .isZero();
    }

    /** Had Aeron given the frozen process up, which takes 10 s, its losses would not be counted to the last message. */
    @ParameterizedTest
    @CsvSource({"LOCAL,shm", "UDP,udp", "TCP,tcp"})
    void theOthersGoOnAndWhoWakesUpHasLostSomeAndGoesOn(final String forced, final String by) throws Exception {
        final Talker one = talker();
        one.ask("subscriber mine");
        one.ask("publisher mine SHM");
        one.ask("publisher a " + forced);
        final Talker steady = talker();
        final Talker frozen = talker();
        steady.ask("subscriber a");
        frozen.ask("leaky a 16");
        await().atMost(SOON).until(() -> one.ask("connected a").equals("true 2"));
        one.ask("publish a 10 200");
        signal(frozen, "STOP");
        try {
            assertThat(one.ask("publish a " + MANY + " 200")).isEqualTo("done");
            assertThat(one.ask("publish a 2 3000000")).isEqualTo("done");
            assertThat(one.ask("drained a")).isEqualTo("true");
        } finally {
            signal(frozen, "CONT");
        }
        final int all = 10 + MANY + 2;
        assertThat(steady.ask("heard a")).isEqualTo(all + " " + (all - 1) + " " + by + "#" + (all - 1) + " fine");
        await().atMost(SOON).until(() -> {
            one.ask("publish a " + MORE + " 200");
            return frozen.ask("heard a").split(" ")[2].startsWith(by + "#") && isAllAccountedFor(one, frozen);
        });
        assertThat(frozen.ask("heard a")).endsWith(" fine");
        assertThat(Long.parseLong(frozen.ask("lost a"))).isPositive();
    }

    /** Whether it has heard the newest message, and heard or lost all. */
    private static boolean isAllAccountedFor(final Talker one, final Talker frozen) throws IOException {
        final long published = sent(one);
        final String[] heard = frozen.ask("heard a").split(" ");
        return Long.parseLong(heard[1]) == published - 1
                && Long.parseLong(heard[0]) + Long.parseLong(frozen.ask("lost a")) == published;
    }

    /** By whatever transport, once a message. */
    private static long sent(final Talker one) throws IOException {
        long most = 0;
        for (final String word : one.ask("counters").split(" ")) {
            if (word.contains("/")) {
                most = Math.max(most, Long.parseLong(word.substring(0, word.indexOf('/'))));
            }
        }
        return most;
    }
}
