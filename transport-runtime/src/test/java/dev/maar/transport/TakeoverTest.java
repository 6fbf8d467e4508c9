package dev.maar.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process that holds the media driver of a host dies or closes, and the others go on. */
final class TakeoverTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    @RegisterExtension
    private final Talkers talkers = new Talkers();

    private Talker talker() throws IOException {
        return talkers.start(temporary.resolve("aeron"));
    }

    /** One that has started the driver. */
    private Talker owner() throws IOException {
        final Talker owner = talker();
        owner.ask("subscriber mine");
        assertThat(owner.ask("publisher mine SHM")).isEqualTo("done");
        assertThat(temporary.resolve("aeron")).isDirectory();
        return owner;
    }

    private static void eventually(final Callable<Boolean> condition) {
        await().atMost(SOON)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(condition);
    }

    private static void end(final Talker owner, final String how) throws Exception {
        if (how.equals("kill")) {
            owner.kill();
        } else {
            owner.order(how);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kill", "close"})
    void theSurvivorsLoseNothing(final String how) throws Exception {
        final Talker owner = owner();
        final Talker one = talker();
        final Talker two = talker();
        one.ask("publisher a");
        two.ask("subscriber a");
        one.ask("connected a");
        one.ask("publish a 100 100");
        one.order("publish a 20000 200");
        end(owner, how);
        assertThat(one.answer()).isEqualTo("done");
        assertThat(one.ask("publish a 50 300000")).isEqualTo("done");
        assertThat(one.ask("drained a")).isEqualTo("true");
        assertThat(two.ask("heard a")).isEqualTo("20150 20149 shm#20149 fine");
        final Talker three = talker();
        three.ask("subscriber a");
        eventually(() -> one.ask("connected a").equals("true 2"));
        one.ask("publish a 10 100");
        one.ask("drained a");
        assertThat(three.ask("heard a")).startsWith("10 20159").endsWith("fine");
    }

    @Test
    void onesOwnSubscribersLoseNothingEither() throws Exception {
        final Talker owner = owner();
        final Talker one = talker();
        one.ask("subscriber a");
        one.ask("publisher a SHM");
        one.ask("publish a 100 100");
        one.order("publish a 20000 200");
        owner.kill();
        assertThat(one.answer()).isEqualTo("done");
        assertThat(one.ask("drained a")).isEqualTo("true");
        assertThat(one.ask("heard a")).isEqualTo("20100 20099 shm#20099 fine");
    }

    @Test
    void takingOverAgainAndAgainLeavesNothingBehind() throws Exception {
        final Talker first = owner();
        final Talker one = talker();
        final Talker two = talker();
        one.ask("publisher a");
        two.ask("subscriber a");
        one.ask("connected a");
        one.ask("publish a 100 100");
        first.kill();
        assertThat(one.ask("publish a 100 100")).isEqualTo("done");
        one.ask("drained a");
        final Talker three = talker();
        three.ask("publisher a");
        three.ask("connected a");
        one.kill();
        assertThat(three.ask("publish a 100 100")).isEqualTo("done");
        assertThat(three.ask("drained a")).isEqualTo("true");
        assertThat(two.ask("heard a")).startsWith("300 99 ");
        two.ask("close");
        assertThat(three.ask("publish a 1 100")).isEqualTo("done");
        three.ask("close");
        eventually(() -> leftovers().isEmpty());
    }

    /** All but the places where runtimes meet, with the sockets of killed ones, which the next one to come removes. */
    private List<String> leftovers() throws IOException {
        try (Stream<Path> files = Files.walk(temporary, 2)) {
            return files.map(file -> temporary.relativize(file).toString())
                    .filter(name -> !name.isEmpty() && !name.endsWith("lock") && !name.startsWith("aeron.mesh"))
                    .toList();
        }
    }
}
