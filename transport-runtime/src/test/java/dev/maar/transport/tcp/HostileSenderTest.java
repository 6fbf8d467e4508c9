package dev.maar.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maar.transport.aeron.LogGeometry;
import dev.maar.transport.aeron.LogReader;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A sender that has the secret still can not write out of place or have memory taken for what it only announces. */
final class HostileSenderTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int TERM = 1 << 20;
    private static final int PAYLOAD = 64;
    private static final int FRAME = PAYLOAD + DataHeaderFlyweight.HEADER_LENGTH;
    private static final LogGeometry GEOMETRY = new LogGeometry(Host.STREAM, TERM, 65_504, 1_000);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    private final byte[] token = TcpLinks.newToken();
    private final LinkKey key = LinkKey.of(token, Optional.empty());
    private final List<Long> sequences = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private Host host;

    @SuppressWarnings("NullAway.Init")
    private TcpIncoming incoming;

    @BeforeEach
    void open() {
        host = new Host(temporary.resolve("aeron"), TERM, LinkSettings.loopback());
        incoming = host.links().expect(token);
    }

    @AfterEach
    void close() {
        host.close();
    }

    private static void eventually(final Callable<Boolean> condition) {
        await().atMost(SOON)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(condition);
    }

    private Impostor impostor(final long position) throws IOException {
        return new Impostor(host.links().address(), key, GEOMETRY, position);
    }

    private void receive(final LogReader reader, final int count) {
        eventually(
                () -> reader.poll((bytes, sequence) -> sequences.add(sequence), 100) >= 0 && sequences.size() >= count);
    }

    private static Named<Consumer<ByteBuffer>> bad(final String name, final Consumer<ByteBuffer> spoil) {
        return Named.of(name, spoil);
    }

    static Stream<Arguments> spoilings() {
        return Stream.of(
                        bad("a length below zero", frame -> frame.putInt(0, -7)),
                        bad("a length of most of memory", frame -> frame.putInt(0, Integer.MAX_VALUE)),
                        bad("a length over the longest frame", frame -> frame.putInt(0, 65_536)),
                        bad("less than a header", frame -> frame.putInt(0, 8)),
                        bad("another place in the term", frame -> frame.putInt(8, 0)),
                        bad("a place before the log", frame -> frame.putInt(8, -FRAME)),
                        bad("another term", frame -> frame.putInt(20, GEOMETRY.initialTermId() + 1)),
                        bad("an unknown type", frame -> frame.putShort(6, (short) 3)),
                        bad("another version", frame -> frame.put(4, (byte) 9)),
                        bad("the flag of an ended stream", frame -> frame.put(5, (byte) 0xE0)),
                        bad(
                                "padding as long as memory",
                                frame -> frame.putShort(6, (short) 0).putInt(0, Integer.MAX_VALUE)),
                        bad(
                                "padding below zero",
                                frame -> frame.putShort(6, (short) 0).putInt(0, Integer.MIN_VALUE)))
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("spoilings")
    void aFrameThatCanNotBeEndsTheConnectionAndIsNotAppended(final Consumer<ByteBuffer> spoil) throws IOException {
        try (Impostor impostor = impostor(0)) {
            eventually(incoming::isOpen);
            final LogReader reader = incoming.openReader(false);
            impostor.send(impostor.frame(0, PAYLOAD, 0));
            receive(reader, 1);
            final ByteBuffer bad = impostor.frame(FRAME, PAYLOAD, 1);
            spoil.accept(bad);
            impostor.send(bad);
            assertThat(impostor.isSentAway()).isTrue();
            try (Impostor again = impostor(0)) {
                again.send(again.frame(FRAME, PAYLOAD, 1));
                receive(reader, 2);
            }
            assertThat(sequences).containsExactly(0L, 1L);
        }
    }

    @Test
    void aFrameThatCrossesItsTermIsRefused() throws IOException {
        try (Impostor impostor = impostor(TERM - FRAME)) {
            eventually(incoming::isOpen);
            final LogReader reader = incoming.openReader(false);
            impostor.send(impostor.frame(TERM - FRAME, 2 * PAYLOAD, 0));
            assertThat(impostor.isSentAway()).isTrue();
            assertThat(reader.poll((bytes, sequence) -> sequences.add(sequence), 1))
                    .isZero();
        }
    }

    @Test
    void garbageInPlaceOfFramesEndsTheConnection() throws IOException {
        final Random random = new Random(1);
        for (int round = 0; round < 50; round++) {
            try (Impostor impostor = impostor(0)) {
                final byte[] garbage = new byte[1 + random.nextInt(100_000)];
                random.nextBytes(garbage);
                garbage[3] = 1;
                impostor.send(Stream.of(garbage, new byte[64]).reduce(new byte[0], HostileSenderTest::joined));
                assertThat(impostor.isSentAway()).isTrue();
            } catch (final IOException sentAway) {
                assertThat(sentAway).isInstanceOf(java.net.SocketException.class);
            }
        }
        assertThat(incoming.isOpen()).isTrue();
    }

    private static byte[] joined(final byte[] first, final byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }

    @Test
    void memoryIsNotTakenForWhatIsOnlyAnnounced() throws IOException {
        try (Impostor impostor = impostor(0)) {
            eventually(incoming::isOpen);
            final LogReader reader = incoming.openReader(false);
            final ByteBuffer first = impostor.frame(0, PAYLOAD, 0);
            first.put(5, FrameDescriptor.BEGIN_FRAG_FLAG).order(java.nio.ByteOrder.BIG_ENDIAN);
            first.putInt(DataHeaderFlyweight.HEADER_LENGTH, Integer.MAX_VALUE);
            impostor.send(first);
            impostor.send(impostor.frame(FRAME, PAYLOAD, 0));
            receive(reader, 1);
            assertThat(sequences).containsExactly(0L);
        }
    }

    @Test
    void aShapeThatCanNotBeIsRefused() throws IOException {
        for (final LogGeometry wrong : List.of(
                new LogGeometry(1, TERM + 32, 65_504, 0),
                new LogGeometry(1, 1 << 30, 65_504, 0),
                new LogGeometry(1, 0, 65_504, 0),
                new LogGeometry(1, -TERM, 65_504, 0),
                new LogGeometry(1, TERM, 1 << 20, 0),
                new LogGeometry(1, TERM, 0, 0))) {
            try (Impostor impostor = new Impostor(host.links().address(), key, wrong, 0)) {
                assertThat(impostor.isSentAway()).isTrue();
            }
        }
        for (final long wrong : new long[] {-32, 7, Long.MAX_VALUE, Long.MAX_VALUE & ~31}) {
            try (Impostor impostor = impostor(wrong)) {
                assertThat(impostor.isSentAway()).isTrue();
            }
        }
        assertThat(incoming.isOpen()).isFalse();
    }
}
