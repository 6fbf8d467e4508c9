package dev.maar.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.maar.transport.aeron.LogException;
import dev.maar.transport.aeron.LogReader;
import dev.maar.transport.aeron.LogWriter;
import dev.maar.transport.mesh.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links between two media drivers, as between two processes or hosts. */
final class TcpPeersTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration SILENCE = Duration.ofSeconds(3);
    private static final Duration A_WHILE = Duration.ofMillis(500);
    private static final Secret SECRET = Secret.of("a secret of this test");
    private static final int TERM = 1 << 20;
    private static final long SEED = 20_261_122;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    private final byte[] token = TcpLinks.newToken();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private Host near;

    @SuppressWarnings("NullAway.Init")
    private Host far;

    @SuppressWarnings("NullAway.Init")
    private LogWriter writer;

    @SuppressWarnings("NullAway.Init")
    private TcpIncoming incoming;

    private static LinkSettings settings(final int maxTermLength) {
        return new LinkSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.of(SECRET),
                maxTermLength,
                Duration.ofMillis(100),
                SILENCE);
    }

    @BeforeEach
    void open() {
        near = new Host(temporary.resolve("near"), TERM, settings(TERM));
        far = new Host(temporary.resolve("far"), TERM, settings(TERM));
        writer = near.writer();
        incoming = far.links().expect(token);
    }

    @AfterEach
    void close() {
        opened.forEach(CloseHelper::quietClose);
        near.close();
        far.close();
    }

    private static void eventually(final Callable<Boolean> condition) {
        await().atMost(SOON)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(condition);
    }

    private static void remains(final Duration time, final Callable<Boolean> condition) {
        await().during(time).atMost(SOON).until(condition);
    }

    private TcpOutgoing link(final InetSocketAddress address) {
        final TcpOutgoing outgoing = near.links().open(writer, address, token);
        writer.addConsumer(outgoing.positionId());
        return outgoing;
    }

    private LogReader reader() {
        eventually(incoming::isOpen);
        return incoming.openReader(false);
    }

    private void exchange(final LogReader reader, final int count, final Random random) {
        final long until = near.sent() + count;
        final long start = System.nanoTime();
        while (far.received() < until && System.nanoTime() - start < SOON.toNanos()) {
            if (near.sent() < until) {
                near.write(writer, 2 * Long.BYTES + random.nextInt(60_000));
            }
            reader.poll(far::check, 10);
        }
        assertThat(far.received()).isEqualTo(until);
    }

    @Test
    void nothingIsLostOrRepeatedHoweverOftenTheConnectionBreaks() {
        final Random random = new Random(SEED);
        final TcpOutgoing outgoing = link(far.links().address());
        final LogReader reader = reader();
        for (int round = 0; round < 20; round++) {
            exchange(reader, random.nextInt(200), random);
            final int ahead = random.nextInt(Host.BOUND);
            for (int i = 0; i < ahead; i++) {
                near.write(writer, 2 * Long.BYTES + random.nextInt(60_000));
            }
            outgoing.breakConnection();
        }
        exchange(reader, 200, random);
        eventually(writer::isDrained);
    }

    @Test
    void whatIsInFlightIsBoundedByWhatTheFarReaderHasFinished() {
        link(far.links().address());
        final LogReader reader = reader();
        while (near.write(writer, 100)) {
            assertThat(near.sent()).isLessThanOrEqualTo(Host.BOUND);
        }
        assertThat(near.sent()).isEqualTo(Host.BOUND);
        for (int i = 1; i <= 100; i++) {
            eventually(() -> reader.poll(far::check, 1) == 1);
            eventually(() -> near.write(writer, 100));
            assertThat(near.write(writer, 100)).isFalse();
            assertThat(near.sent()).isEqualTo(Host.BOUND + i);
        }
        while (far.received() < near.sent()) {
            reader.poll(far::check, 100);
        }
        eventually(writer::isDrained);
    }

    @Test
    void whileThereIsNoReaderNothingCountsAsFinished() {
        link(far.links().address());
        eventually(incoming::isOpen);
        while (near.write(writer, 100)) {
            assertThat(near.sent()).isLessThanOrEqualTo(Host.BOUND);
        }
        assertThat(writer.isDrained()).isFalse();
        final LogReader reader = incoming.openReader(false);
        eventually(() -> reader.poll(far::check, 1) >= 0 && far.received() == Host.BOUND);
        eventually(writer::isDrained);
    }

    @Test
    void aPeerThatIsCutOffIsNoticedByBothAndWhatWasOnItsWayComesLater() throws IOException {
        final Cable cable = new Cable(far.links().address());
        opened.add(cable);
        final TcpOutgoing outgoing = link(cable.address());
        final LogReader reader = reader();
        final Random random = new Random(SEED);
        exchange(reader, 100, random);
        cable.silence(true);
        while (near.write(writer, 1000)) {
            assertThat(near.sent()).isLessThanOrEqualTo(100 + Host.BOUND);
        }
        eventually(() -> !outgoing.isConnected() && !incoming.isConnected());
        cable.silence(false);
        eventually(() -> outgoing.isConnected() && incoming.isConnected());
        exchange(reader, 100, random);
        eventually(writer::isDrained);
    }

    @Test
    void anIdleLinkStaysConnected() throws IOException {
        final Cable cable = new Cable(far.links().address());
        opened.add(cable);
        final TcpOutgoing outgoing = link(cable.address());
        eventually(outgoing::isConnected);
        remains(SILENCE.plus(A_WHILE), outgoing::isConnected);
        assertThat(cable.connections()).isEqualTo(1);
    }

    @Test
    void aLogThatEndsIsDeliveredToItsEndThroughBreaks() {
        final TcpOutgoing outgoing = link(far.links().address());
        final LogReader reader = reader();
        while (near.write(writer, 10_000)) {
            assertThat(near.sent()).isLessThanOrEqualTo(Host.BOUND);
        }
        writer.close();
        outgoing.breakConnection();
        outgoing.closeWhenDelivered();
        eventually(() -> reader.poll(far::check, 1) >= 0 && reader.isFinished());
        assertThat(far.received()).isEqualTo(Host.BOUND);
    }

    @Test
    void closingWaitsForALogThatHasEnded() {
        final TcpOutgoing outgoing = link(far.links().address());
        final LogReader reader = reader();
        while (near.write(writer, 10_000)) {
            assertThat(near.sent()).isLessThanOrEqualTo(Host.BOUND);
        }
        writer.close();
        outgoing.closeWhenDelivered();
        near.links().close();
        eventually(() -> reader.poll(far::check, 1) >= 0 && reader.isFinished());
        assertThat(far.received()).isEqualTo(Host.BOUND);
    }

    @Test
    void aPeerWithAnotherSecretIsRefused() {
        final LinkSettings wrong = LinkSettings.at(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.of(Secret.of("another secret, as long")));
        try (Host stranger = new Host(temporary.resolve("stranger"), TERM, wrong)) {
            final LogWriter log = stranger.writer();
            final TcpOutgoing refused = stranger.links().open(log, far.links().address(), token);
            final TcpOutgoing outgoing = link(far.links().address());
            final LogReader reader = reader();
            exchange(reader, 100, new Random(SEED));
            assertThat(refused.isConnected()).isFalse();
            assertThat(outgoing.isConnected()).isTrue();
        }
    }

    @Test
    void aReceiverWithAnotherSecretIsRefused() {
        final LinkSettings wrong = LinkSettings.at(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.of(Secret.of("another secret, as long")));
        try (Host stranger = new Host(temporary.resolve("stranger"), TERM, wrong)) {
            final TcpIncoming fake = stranger.links().expect(token);
            final TcpOutgoing outgoing = link(stranger.links().address());
            remains(A_WHILE, () -> !outgoing.isConnected() && !fake.isOpen());
        }
    }

    @Test
    void aGreetingThatIsPlayedAgainIsRefused() throws IOException {
        final Cable cable = new Cable(far.links().address());
        opened.add(cable);
        final TcpOutgoing outgoing = link(cable.address());
        final LogReader reader = reader();
        exchange(reader, 100, new Random(SEED));
        final byte[] heard = cable.recorded();
        try (Socket again = Impostor.connect(far.links().address())) {
            assertThat(Impostor.isClosedByPeer(again, heard)).isTrue();
        }
        assertThat(outgoing.isConnected()).isTrue();
        exchange(reader, 100, new Random(SEED));
        assertThat(cable.connections()).isEqualTo(1);
    }

    @Test
    void thoseWhoSayNothingDoNotKeepOthersOutAndAreSentAway() throws IOException {
        for (int i = 0; i < 200; i++) {
            opened.add(Impostor.connect(far.links().address()));
        }
        link(far.links().address());
        final LogReader reader = reader();
        exchange(reader, 100, new Random(SEED));
        for (final AutoCloseable silent : opened) {
            assertThat(Impostor.isClosedByPeer((Socket) silent)).isTrue();
        }
    }

    @Test
    void aLogWhoseTermsAreTooLongIsRefused() {
        try (Host small = new Host(temporary.resolve("small"), TERM, settings(TERM / 2))) {
            final TcpIncoming refused = small.links().expect(token);
            final TcpOutgoing outgoing = link(small.links().address());
            remains(A_WHILE, () -> !outgoing.isConnected() && !refused.isOpen());
        }
    }

    @Test
    void beyondTheLoopbackInterfaceASecretIsNeeded() {
        final LinkSettings open = LinkSettings.at(new InetSocketAddress("0.0.0.0", 0), Optional.empty());
        assertThatThrownBy(() -> new Host(temporary.resolve("open"), TERM, open))
                .isInstanceOf(LogException.class)
                .hasMessageContaining("secret");
        try (Host closed = new Host(temporary.resolve("closed"), TERM, LinkSettings.loopback())) {
            final LogWriter log = closed.writer();
            assertThatThrownBy(() -> closed.links().open(log, new InetSocketAddress("192.0.2.1", 9), token))
                    .isInstanceOf(LogException.class)
                    .hasMessageContaining("secret");
        }
        assertThat(SECRET.toString()).doesNotContain("this test");
    }
}
