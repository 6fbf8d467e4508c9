package dev.maar.adopters.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.transport.PublisherOptions;
import dev.maar.transport.Transport;
import dev.maar.transport.TransportContext;
import dev.maar.transport.TransportRuntime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TelemetryHubTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MAX_IN_FLIGHT = 16;

    private final ConcurrentLinkedQueue<WindowStats> windows = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "SHM"})
    void eachSensorHasItsOwnWindows(final Transport transport) {
        try (TransportRuntime runtime = runtime();
                TelemetryHub hub = new TelemetryHub(runtime, 2, 3, windows::add);
                Device device = new Device(runtime, options(transport), 64)) {
            for (int i = 0; i < 7; i++) {
                device.report(new Reading(0, i, i));
                device.report(new Reading(1, i, 10 * i));
            }
            assertThat(device.finish(PATIENCE)).isTrue();

            assertThat(hub.received()).isEqualTo(14);
            assertThat(hub.missing()).isZero();
            assertThat(hub.carriers()).containsExactly(transport);
            assertThat(hub.open(0)).isEqualTo(new WindowStats(0, 2, 1, 6, 6, 6, 0));
            assertThat(hub.latest(0)).contains(new WindowStats(0, 1, 3, 3, 5, 4, 1));
        }
        assertThat(windows)
                .containsExactly(
                        new WindowStats(0, 0, 3, 0, 2, 1, 1),
                        new WindowStats(1, 0, 3, 0, 20, 10, 10),
                        new WindowStats(0, 1, 3, 3, 5, 4, 1),
                        new WindowStats(1, 1, 3, 30, 50, 40, 10));
    }

    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "SHM"})
    void devicesOnThreadsOfTheirOwnLoseNothingAndKeepTheirOrder(final Transport transport) throws Exception {
        final int devices = 3;
        final int readings = 20_000;
        final ExecutorService threads = Executors.newFixedThreadPool(devices);
        try (TransportRuntime runtime = runtime();
                TelemetryHub hub = new TelemetryHub(runtime, devices, readings, windows::add)) {
            final List<Future<Boolean>> reports = IntStream.range(0, devices)
                    .mapToObj(sensor -> threads.submit(() -> reportAll(runtime, transport, sensor, readings)))
                    .toList();
            for (final Future<Boolean> report : reports) {
                assertThat(report.get()).isTrue();
            }

            assertThat(hub.received()).isEqualTo((long) devices * readings);
            // The counters make any loss and any change of order show.
            assertThat(hub.missing()).isZero();
        } finally {
            threads.shutdownNow();
        }
        assertThat(windows).hasSize(devices).allSatisfy(stats -> {
            assertThat(stats.count()).isEqualTo(readings);
            assertThat(stats.min()).isZero();
            assertThat(stats.max()).isEqualTo(readings - 1);
        });
    }

    private static boolean reportAll(
            final TransportRuntime runtime, final Transport transport, final int sensor, final int readings) {
        try (Device device = new Device(runtime, options(transport), readings)) {
            for (int i = 0; i < readings; i++) {
                device.report(new Reading(sensor, i % Reading.COUNTERS, i));
            }
            return device.finish(PATIENCE) && device.dropped() == 0;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "SHM"})
    void whileTheHubIsStuckADeviceKeepsTheNewestReadingsAndNeverWaits(final Transport transport) throws Exception {
        final CountDownLatch stuck = new CountDownLatch(1);
        final CountDownLatch mended = new CountDownLatch(1);
        try (TransportRuntime runtime = runtime();
                TelemetryHub hub = new TelemetryHub(runtime, 1, 1, stats -> {
                    windows.add(stats);
                    stuck.countDown();
                    awaitQuietly(mended);
                });
                Device device = new Device(runtime, options(transport), 10)) {
            device.report(new Reading(0, 0, 0));
            stuck.await();
            for (int i = 1; i < MAX_IN_FLIGHT + 10 + 5; i++) {
                device.report(new Reading(0, i, i));
            }

            // One reading is being worked on and counts as in flight, the others of its kind are on their way.
            assertThat(device.backlog()).isEqualTo(10);
            assertThat(device.dropped()).isEqualTo(5);

            mended.countDown();
            assertThat(device.finish(PATIENCE)).isTrue();
            assertThat(device.backlog()).isZero();
            assertThat(hub.received()).isEqualTo(MAX_IN_FLIGHT + 10);
            assertThat(hub.missing()).isEqualTo(5);
        }
        assertThat(windows)
                .extracting(WindowStats::mean)
                .containsExactlyElementsOf(IntStream.range(0, MAX_IN_FLIGHT + 15)
                        .filter(i -> i < MAX_IN_FLIGHT || i >= MAX_IN_FLIGHT + 5)
                        .mapToObj(i -> (double) i)
                        .toList());
    }

    @Test
    void withoutAHubReadingsGoNowhereAndNothingIsKept() {
        try (TransportRuntime runtime = runtime();
                Device device = new Device(runtime, options(Transport.LOCAL), 10)) {
            for (int i = 0; i < 100; i++) {
                device.report(new Reading(0, i, i));
            }
            assertThat(device.backlog()).isZero();

            try (TelemetryHub hub = new TelemetryHub(runtime, 1, 10, windows::add)) {
                device.report(new Reading(0, 100, 7));
                assertThat(device.finish(PATIENCE)).isTrue();

                assertThat(hub.received()).isEqualTo(1);
                assertThat(hub.open(0)).isEqualTo(new WindowStats(0, 0, 1, 7, 7, 7, 0));
            }
        }
    }

    @Test
    void readingsOfUnknownSensorsAreCountedAndLeftOut() {
        try (TransportRuntime runtime = runtime();
                TelemetryHub hub = new TelemetryHub(runtime, 1, 10, windows::add);
                Device device = new Device(runtime, options(Transport.LOCAL), 10)) {
            device.report(new Reading(1, 0, 5));
            device.report(new Reading(-1, 0, 5));
            assertThat(device.finish(PATIENCE)).isTrue();

            assertThat(hub.unknown()).isEqualTo(2);
            assertThat(hub.received()).isEqualTo(2);
            assertThat(hub.open(0).count()).isZero();
            assertThat(hub.latest(0)).isEmpty();
        }
    }

    private static TransportRuntime runtime() {
        return TransportRuntime.launch(new TransportContext().maxInFlight(MAX_IN_FLIGHT));
    }

    private static PublisherOptions options(final Transport transport) {
        return PublisherOptions.defaults().allowLocal(transport == Transport.LOCAL);
    }

    private static void awaitQuietly(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
