package dev.maar.adopters.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maar.transport.PublishTimeoutException;
import dev.maar.transport.PublisherOptions;
import dev.maar.transport.Transport;
import dev.maar.transport.TransportContext;
import dev.maar.transport.TransportRuntime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FramePipelineTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int SIDE = 1024;

    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "SHM"})
    void whatIsArchivedIsWhatTheCameraSaw(final Transport transport) {
        try (TransportRuntime runtime = TransportRuntime.launch();
                Camera camera = new Camera(runtime, options(transport), 4);
                Inspector inspector = new Inspector(runtime, options(transport));
                Archive archive = new Archive(runtime, 10)) {
            for (int i = 0; i < 5; i++) {
                camera.capture(SIDE, SIDE, noise(i));
                assertThat(inspector.inspect(PATIENCE)).isTrue();
                assertThat(archive.store(PATIENCE)).isPresent();
            }

            for (int i = 0; i < 5; i++) {
                assertThat(archive.find(4, i)).contains(TileMeter.measure(new Frame(4, i, SIDE, SIDE, noise(i))));
            }
            assertThat(camera.captured()).isEqualTo(5);
            assertThat(archive.stored()).isEqualTo(5);
            assertThat(inspector.carriers()).containsExactly(transport);
            assertThat(archive.carriers()).containsExactly(transport);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "SHM"})
    void stagesOnThreadsOfTheirOwnPassEveryFrameInOrder(final Transport transport) {
        final int frames = 50;
        try (TransportRuntime runtime = TransportRuntime.launch(new TransportContext().maxInFlight(4));
                Camera camera = new Camera(runtime, options(transport), 0);
                Inspector inspector = new Inspector(runtime, options(transport));
                Archive archive = new Archive(runtime, frames)) {
            final CompletableFuture<Void> inspected = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < frames; i++) {
                    inspector.inspect(PATIENCE);
                }
            });
            final CompletableFuture<Void> archived = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < frames; i++) {
                    assertThat(archive.store(PATIENCE)).hasValueSatisfying(isNumber(i));
                }
            });
            for (int i = 0; i < frames; i++) {
                camera.capture(SIDE, SIDE, noise(i));
            }
            inspected.join();
            archived.join();

            assertThat(archive.find(0, frames - 1))
                    .contains(TileMeter.measure(new Frame(0, frames - 1, SIDE, SIDE, noise(frames - 1))));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "SHM"})
    void aFrameIsInFlightUntilItHasBeenInspected(final Transport transport) {
        final TransportContext context = new TransportContext().maxInFlight(1).publishTimeout(Duration.ofMillis(20));
        try (TransportRuntime runtime = TransportRuntime.launch(context);
                Camera camera = new Camera(runtime, options(transport), 0);
                Inspector inspector = new Inspector(runtime, options(transport))) {
            camera.capture(64, 64, ByteBuffer.allocate(64 * 64));
            assertThatThrownBy(() -> camera.capture(64, 64, ByteBuffer.allocate(64 * 64)))
                    .isInstanceOf(PublishTimeoutException.class);
            assertThat(camera.captured()).isEqualTo(1);

            assertThat(inspector.inspect(PATIENCE)).isTrue();
            camera.capture(64, 64, ByteBuffer.allocate(64 * 64));
            assertThat(camera.captured()).isEqualTo(2);
        }
    }

    @Test
    void withoutAFrameTheStagesSaySoAndGoOn() {
        try (TransportRuntime runtime = TransportRuntime.launch();
                Camera camera = new Camera(runtime, options(Transport.LOCAL), 0);
                Inspector inspector = new Inspector(runtime, options(Transport.LOCAL));
                Archive archive = new Archive(runtime, 1)) {
            assertThat(inspector.inspect(Duration.ZERO)).isFalse();
            assertThat(archive.store(Duration.ofMillis(1))).isEmpty();

            camera.capture(64, 64, ByteBuffer.allocate(64 * 64));
            assertThat(inspector.inspect(PATIENCE)).isTrue();
            assertThat(archive.store(PATIENCE)).isPresent();
        }
    }

    @Test
    void aFrameThatCanNotBeMeasuredIsLeftOutAndItsRoomIsGivenBack() {
        final TransportContext context = new TransportContext().maxInFlight(1).publishTimeout(Duration.ofMillis(20));
        try (TransportRuntime runtime = TransportRuntime.launch(context);
                Camera camera = new Camera(runtime, options(Transport.LOCAL), 0);
                Inspector inspector = new Inspector(runtime, options(Transport.LOCAL))) {
            camera.capture(10, 10, ByteBuffer.allocate(100));
            assertThatThrownBy(() -> inspector.inspect(PATIENCE)).isInstanceOf(IllegalArgumentException.class);

            camera.capture(64, 64, ByteBuffer.allocate(64 * 64));
            assertThat(inspector.inspect(PATIENCE)).isTrue();
        }
    }

    @Test
    void theArchiveKeepsTheNewestReports() {
        try (TransportRuntime runtime = TransportRuntime.launch();
                Camera camera = new Camera(runtime, options(Transport.LOCAL), 0);
                Inspector inspector = new Inspector(runtime, options(Transport.LOCAL));
                Archive archive = new Archive(runtime, 2)) {
            for (int i = 0; i < 3; i++) {
                camera.capture(64, 64, ByteBuffer.allocate(64 * 64));
                inspector.inspect(PATIENCE);
                archive.store(PATIENCE);
            }

            assertThat(archive.find(0, 0)).isEmpty();
            assertThat(archive.find(0, 1)).isPresent();
            assertThat(archive.find(0, 2)).isPresent();
            assertThat(archive.find(1, 2)).isEmpty();
            assertThat(archive.stored()).isEqualTo(3);
        }
    }

    private static Consumer<FrameReport> isNumber(final long number) {
        return report -> assertThat(report.number()).isEqualTo(number);
    }

    private static PublisherOptions options(final Transport transport) {
        return PublisherOptions.defaults().allowLocal(transport == Transport.LOCAL);
    }

    private static ByteBuffer noise(final long seed) {
        final byte[] pixels = new byte[SIDE * SIDE];
        new Random(seed).nextBytes(pixels);
        return ByteBuffer.wrap(pixels);
    }
}
