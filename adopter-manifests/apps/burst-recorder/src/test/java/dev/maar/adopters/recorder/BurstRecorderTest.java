package dev.maar.adopters.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maar.jig.Stall;
import dev.maar.transport.PublisherOptions;
import dev.maar.transport.Transport;
import dev.maar.transport.TransportRuntime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BurstRecorderTest {

    private static final int LIMIT = 16;
    private static final Stall PATIENCE = new Stall(Duration.ofSeconds(10).toNanos());

    private final AtomicLong clock = new AtomicLong(1_000);

    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "SHM"})
    void whatIsPlayedIsRecordedAgainWithTheTimesAtWhichItComes(final Transport transport) {
        final Recording original = recording(10, 20, 300, 301);
        try (TransportRuntime runtime = TransportRuntime.launch();
                BurstRecorder recorder = new BurstRecorder(runtime, 10, 100, () -> clock.getAndAdd(7));
                Player player = new Player(runtime, options(transport), original)) {
            for (int i = 0; i < 4; i++) {
                player.next();
            }
            hear(recorder, 4);
            final Recording again = recorder.take();

            assertThat(again.size()).isEqualTo(4);
            for (int i = 0; i < 4; i++) {
                assertThat(again.message(i)).isEqualTo(original.message(i));
                assertThat(again.offsetNanos(i)).isEqualTo(7L * i);
            }
            assertThat(recorder.take().size()).isZero();
            assertThat(recorder.missing()).isZero();
            assertThat(recorder.carriers()).containsExactly(transport);
        }
    }

    @Test
    void whatFindsNoRoomIsCountedAndTheRestIsKept() {
        try (TransportRuntime runtime = TransportRuntime.launch();
                BurstRecorder recorder = new BurstRecorder(runtime, 3, 10, clock::get);
                Player player = new Player(runtime, options(Transport.LOCAL), recording(1, 2, 3, 4, 5))) {
            for (int i = 0; i < 5; i++) {
                player.next();
            }
            hear(recorder, 5);

            // 0, 1 and 2 bytes fit; then the tape has room for no fourth message.
            assertThat(recorder.recorded()).isEqualTo(3);
            assertThat(recorder.lost()).isEqualTo(2);
            assertThat(recorder.take().payloadBytes()).isEqualTo(3);
            player.next();
            hear(recorder, 6);
            assertThat(recorder.recorded()).isEqualTo(1);
        }
    }

    @Test
    void aMessageLongerThanTheTapeIsLostAndAShorterOneAfterItIsNot() {
        try (TransportRuntime runtime = TransportRuntime.launch();
                BurstRecorder recorder = new BurstRecorder(runtime, 10, 2, clock::get);
                Player player = new Player(runtime, options(Transport.LOCAL), recording(1, 2, 3, 4))) {
            for (int i = 0; i < 5; i++) {
                player.next();
            }
            hear(recorder, 5);

            assertThat(recorder.lost()).isEqualTo(2);
            assertThat(recorder.take().size()).isEqualTo(3);
        }
    }

    @Test
    void withItsTimingNoMessageIsPlayedBeforeItIsDue() {
        final Recording original = recording(0, 1_000_000, 1_000_001, 3_000_000);
        try (TransportRuntime runtime = TransportRuntime.launch();
                BurstRecorder recorder = new BurstRecorder(runtime, 10, 100, System::nanoTime);
                Player player = new Player(runtime, options(Transport.LOCAL), original)) {
            final long start = System.nanoTime();
            player.play(0.5, () -> recorder.poll(LIMIT));
            final long took = System.nanoTime() - start;
            hear(recorder, 4);

            assertThat(took).isGreaterThanOrEqualTo(6_000_000);
            assertThat(recorder.take().size()).isEqualTo(4);
        }
    }

    @Test
    void nothingCanNotBePlayed() {
        try (TransportRuntime runtime = TransportRuntime.launch()) {
            assertThatThrownBy(() -> new Player(runtime, options(Transport.LOCAL), recording()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("nothing");
        }
    }

    private static void hear(final BurstRecorder recorder, final long messages) {
        assertThat(PATIENCE.await(
                        () -> {
                            recorder.poll(LIMIT);
                            return recorder.heard();
                        },
                        messages))
                .isTrue();
    }

    private static Recording recording(final long... times) {
        final Tape tape = new Tape(times.length, 1_000);
        for (int i = 0; i < times.length; i++) {
            tape.keep(ByteBuffer.wrap(new byte[i]), times[i]);
        }
        return tape.recording();
    }

    private static PublisherOptions options(final Transport transport) {
        return PublisherOptions.defaults().allowLocal(transport == Transport.LOCAL);
    }
}
