package dev.maar.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maar.transport.aeron.AeronNode;
import dev.maar.transport.aeron.LogReader;
import dev.maar.transport.aeron.LogWriter;
import dev.maar.transport.aeron.NodeSettings;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A link loses nothing and repeats nothing when its connection breaks, and strangers do it no harm. */
final class TcpLinkTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int STREAM = 7;
    private static final int BOUND = 32;
    private static final long SEED = 20_261_121;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    private final List<Throwable> errors = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private AeronNode node;

    @SuppressWarnings("NullAway.Init")
    private TcpLinks links;

    @SuppressWarnings("NullAway.Init")
    private LogWriter writer;

    @SuppressWarnings("NullAway.Init")
    private TcpLink link;

    @SuppressWarnings("NullAway.Init")
    private LogReader reader;

    private long sent;
    private long received;

    @BeforeEach
    void open() {
        node = AeronNode.launch(
                new NodeSettings(temporary.resolve("aeron"), false, 1 << 20, Duration.ofSeconds(10), errors::add));
        links = TcpLinks.launch(node);
        writer = node.openSharedWriter(STREAM, BOUND);
        link = links.open(writer);
        writer.addConsumer(link.positionId());
        reader = link.openReader(false);
    }

    @AfterEach
    void close() {
        links.close();
        node.close();
    }

    private static void eventually(final Callable<Boolean> condition) {
        await().atMost(SOON)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(condition);
    }

    /** Writes a message that tells its own number at both ends. */
    private boolean write(final int size) {
        final ByteBuffer into = writer.hasRoom() ? writer.tryClaim(size) : null;
        if (into == null) {
            return false;
        }
        into.putLong(into.position(), sent).putLong(into.limit() - Long.BYTES, sent);
        writer.commit(sent++);
        return true;
    }

    private void check(final ByteBuffer message, final long sequence) {
        assertThat(sequence).isEqualTo(received);
        assertThat(message.getLong(message.position())).isEqualTo(received);
        assertThat(message.getLong(message.limit() - Long.BYTES)).isEqualTo(received);
        received++;
    }

    private void exchange(final int count, final Random random) {
        final long until = sent + count;
        final long start = System.nanoTime();
        while (received < until && System.nanoTime() - start < SOON.toNanos()) {
            if (sent < until) {
                write(2 * Long.BYTES + random.nextInt(20_000));
            }
            reader.poll(this::check, 10);
        }
        assertThat(received).isEqualTo(until);
    }

    @Test
    void nothingIsLostOrRepeatedHoweverOftenTheConnectionBreaks() {
        final Random random = new Random(SEED);
        for (int round = 0; round < 20; round++) {
            exchange(random.nextInt(200), random);
            while (write(2 * Long.BYTES + random.nextInt(20_000)) && random.nextInt(10) > 0) {
                assertThat(errors).isEmpty();
            }
            link.breakConnection();
        }
        exchange(200, random);
        eventually(writer::isDrained);
        assertThat(errors).isEmpty();
    }

    @Test
    void theWriterIsHeldBackByTheReaderBehindTheSocket() {
        while (write(100)) {
            assertThat(sent).isLessThanOrEqualTo(BOUND);
        }
        assertThat(sent).isEqualTo(BOUND);
        eventually(() -> reader.poll(this::check, 1) == 1);
        eventually(() -> write(100));
        assertThat(write(100)).isFalse();
        while (received < sent) {
            reader.poll(this::check, 100);
        }
        eventually(writer::isDrained);
    }

    @Test
    void strangersAreSentAwayAndHarmNobody() throws IOException {
        final Random random = new Random(SEED);
        final byte[] garbage = new byte[10_000];
        for (int i = 0; i < 10; i++) {
            random.nextBytes(garbage);
            try (Socket stranger = connect()) {
                stranger.getOutputStream().write(garbage);
                assertThat(isClosedByPeer(stranger)).isTrue();
            }
        }
        try (Socket almost = connect()) {
            almost.getOutputStream()
                    .write(ByteBuffer.allocate(Wire.HELLO_LENGTH)
                            .putLong(Wire.MAGIC)
                            .array());
            assertThat(isClosedByPeer(almost)).isTrue();
        }
        exchange(500, random);
        assertThat(errors).isEmpty();
    }

    private Socket connect() throws IOException {
        final Socket socket =
                new Socket(links.address().getAddress(), links.address().getPort());
        socket.setSoTimeout((int) SOON.toMillis());
        return socket;
    }

    /** A reset counts: the peer closed with our bytes unread. */
    private static boolean isClosedByPeer(final Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (final java.net.SocketTimeoutException open) {
            return false;
        } catch (final IOException reset) {
            return true;
        }
    }
}
