package dev.maar.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counters are exact, outlive the ends that count, and can be read by another process meanwhile. */
final class CounterFileTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    private static void count(final Tally tally, final int messages) {
        for (int i = 0; i < messages; i++) {
            tally.sent(10);
        }
    }

    @Test
    void anEndGoesOnWithTheRowOfOneOfItsKindThatHasLeft() {
        final Tallies counters = new Tallies(() -> CounterFile.inMemory(8));
        final Tally first = counters.acquire(Topic.of("a", Codec.bytes()), Transport.SHM);
        count(first, 3);
        assertThat(counters.acquire(Topic.of("a", Codec.bytes()), Transport.SHM))
                .isNotSameAs(first);
        counters.release(first);
        assertThat(counters.acquire(Topic.of("a", Codec.bytes()), Transport.UDP))
                .isNotSameAs(first);
        assertThat(counters.acquire(Topic.of("a", Codec.bytes()), Transport.SHM))
                .isSameAs(first);
        count(first, 4);
        assertThat(counters.sent(Transport.SHM)).isEqualTo(7);
        assertThat(counters.bytesSent(Transport.SHM)).isEqualTo(70);
        assertThat(counters.sent(Transport.UDP)).isZero();
    }

    @Test
    void moreTopicsThanThereIsRoomForAreStillCounted() {
        final Tallies counters = new Tallies(() -> CounterFile.inMemory(6));
        for (int i = 0; i < 100; i++) {
            final Tally one = counters.acquire(Topic.of("short-lived " + i, Codec.bytes()), Transport.TCP);
            final Tally two = counters.acquire(Topic.of("other " + i, Codec.bytes()), Transport.TCP);
            final Tally three = counters.acquire(Topic.of("third " + i, Codec.bytes()), Transport.TCP);
            count(one, 1);
            count(two, 2);
            count(three, 3);
            counters.release(one);
            counters.release(two);
            counters.release(three);
        }
        assertThat(counters.sent(Transport.TCP)).isEqualTo(600);
    }

    @Test
    void whatADeadProcessLeftIsRemovedAndALivingOnesIsNot() throws IOException {
        final Path dead = Files.createFile(temporary.resolve("4194999-abc.counters"));
        final Path precious = Files.createFile(temporary.resolve("precious"));
        final CounterFile living = CounterFile.open(temporary);
        final CounterFile another = CounterFile.open(temporary);
        assertThat(dead).doesNotExist();
        assertThat(precious).exists();
        assertThat(CounterFile.files(temporary)).hasSize(2);
        living.delete();
        another.delete();
        assertThat(CounterFile.files(temporary)).isEmpty();
    }

    @Test
    void withoutADirectoryCountingGoesOnInside() throws IOException {
        final Path file = Files.createFile(temporary.resolve("file"));
        final Tallies counters = new Tallies(() -> CounterFile.open(file));
        count(counters.acquire(Topic.of("a", Codec.bytes()), Transport.LOCAL), 5);
        assertThat(counters.sent(Transport.LOCAL)).isEqualTo(5);
        counters.close();
    }

    @Test
    void anotherProcessReadsWhatEachTopicAndTransportHasCounted() throws Exception {
        final Path directory = temporary.resolve("counters");
        try (TransportRuntime runtime = TransportRuntime.launch(
                new TransportContext().countersDirectory(directory).maxInFlight(4))) {
            for (final Transport transport : Transport.values()) {
                final Topic<ByteBuffer> topic = Topic.of("seen by " + transport.label(), Codec.bytes());
                final Publisher<ByteBuffer> publisher = runtime.publisher(topic, Forced.options(transport));
                final Receiver<ByteBuffer> receiver = runtime.receiver(topic);
                for (int i = 0; i < 4; i++) {
                    publisher.publish(ByteBuffer.allocate(100));
                }
                assertThat(publisher.tryPublish(ByteBuffer.allocate(100))).isFalse();
                receiver.receive(SOON);
            }
            assertThat(table(directory))
                    .anyMatch(line -> line.matches("\\d+ +seen by local +local +4 +400 +1 +100 +1 +0"))
                    .anyMatch(line -> line.matches("\\d+ +seen by shm +shm +4 +400 +1 +100 +1 +0"))
                    .anyMatch(line -> line.matches("\\d+ +seen by udp +udp +4 +400 +1 +100 +1 +0"))
                    .anyMatch(line -> line.matches("\\d+ +seen by tcp +tcp +4 +400 +1 +100 +1 +0"))
                    .hasSize(5);
        }
        assertThat(table(directory)).hasSize(1);
    }

    /** Printed by a process of its own, without the flag that Aeron needs. */
    private static List<String> table(final Path directory) throws Exception {
        final Process process = ChildProgram.start(CounterTable.class, List.of(), directory.toString());
        final List<String> lines = ChildProgram.output(process)
                .lines()
                .filter(line -> line.startsWith("process") || Character.isDigit(line.charAt(0)))
                .toList();
        assertThat(process.waitFor()).isZero();
        return lines;
    }

    @Test
    void aFileThatIsNoCountersIsPassedOver() throws IOException {
        Files.write(temporary.resolve("1-garbage.counters"), new byte[1_000]);
        Files.createFile(temporary.resolve("1-empty.counters"));
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        CounterTable.print(temporary, new PrintStream(printed, true, StandardCharsets.UTF_8));
        assertThat(printed.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
    }
}
