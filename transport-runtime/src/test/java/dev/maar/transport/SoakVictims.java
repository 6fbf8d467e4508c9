package dev.maar.transport;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * Processes of their own that subscribe to what leaves the soak's process, one after the other, and are killed with -9 when they have heard
 * a while. What they have heard must be without a gap; the last one is let go.
 */
final class SoakVictims {

    private static final List<Transport> TRANSPORTS = List.of(Transport.SHM, Transport.UDP, Transport.TCP);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int MOST_HEARD = 2_000;

    private final Path aeronDirectory;
    private final Random choices;
    private final SoakTrouble trouble;
    private final Thread thread = new Thread(this::run, "soak-victims");

    private volatile boolean done;
    private volatile int killed;

    SoakVictims(final Path aeronDirectory, final long seed, final SoakTrouble trouble) {
        this.aeronDirectory = aeronDirectory;
        this.choices = new Random(seed);
        this.trouble = trouble;
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!done && !trouble.isThere()) {
                visit();
            }
        } catch (final IOException | RuntimeException | InterruptedException failure) {
            trouble.add(failure);
        }
    }

    private void visit() throws IOException, InterruptedException {
        try (Talker victim = Talker.start(aeronDirectory)) {
            for (final Transport transport : TRANSPORTS) {
                victim.ask("subscriber " + SoakLine.topic(transport));
            }
            final int enough = 1 + choices.nextInt(MOST_HEARD);
            for (final Transport transport : TRANSPORTS) {
                await().atMost(SOON)
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> done || trouble.isThere() || heard(victim, transport) >= enough);
            }
            if (done) {
                victim.ask("close");
            } else {
                victim.kill();
                killed++;
            }
        }
    }

    private long heard(final Talker victim, final Transport transport) throws IOException {
        final String heard = victim.ask("heard " + SoakLine.topic(transport));
        if (!heard.endsWith(" fine")) {
            trouble.add("a victim by " + transport + ": " + heard);
        }
        return Long.parseLong(heard.substring(0, heard.indexOf(' ')));
    }

    /** Lets the last one go. */
    void finish(final long patienceMillis) throws InterruptedException {
        done = true;
        thread.join(patienceMillis);
        if (thread.isAlive()) {
            trouble.add("a victim does not end");
        }
    }

    /** How many were killed. */
    int killed() {
        return killed;
    }
}
