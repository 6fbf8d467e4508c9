package dev.maar.adopters.hotpath;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.adopters.hotpath.HotPath.Api;
import dev.maar.jig.Stall;
import dev.maar.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HotPathTest {

    private final List<Long> latencies = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "LOCAL, ASYNC",
        "LOCAL, SYNC",
        "SHM, ASYNC",
        "SHM, SYNC",
        "TCP, ASYNC",
        "TCP, SYNC",
        "UDP, ASYNC",
        "UDP, SYNC"
    })
    void everyMessageIsCarriedByTheTransportThatWasAskedFor(final Transport transport, final Api api) {
        try (HotPath hotPath = hotPath(transport, api, 64, 1)) {
            play(hotPath, 1);
            play(hotPath, 99);

            assertThat(hotPath.advance()).isEqualTo(100);
            assertThat(hotPath.messages()).isEqualTo(100);
            assertThat(hotPath.carriers()).containsExactly(transport);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LOCAL, ASYNC",
        "LOCAL, SYNC",
        "SHM, ASYNC",
        "SHM, SYNC",
        "TCP, ASYNC",
        "TCP, SYNC",
        "UDP, ASYNC",
        "UDP, SYNC"
    })
    void theRuntimeCountsEachDeliveryUnderTheTransportThatCarriedIt(final Transport transport, final Api api) {
        try (HotPath hotPath = hotPath(transport, api, 64, 1)) {
            play(hotPath, 50);

            for (final Transport each : Transport.values()) {
                assertThat(hotPath.counted(each)).as(each.label()).isEqualTo(each == transport ? 50 : 0);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "7", "64", "1000", "100000", "1000000"})
    void theChecksumIsThatOfTheMessagesHoweverTheyTravel(final int payloadBytes) {
        final long expected = checksum(Transport.LOCAL, Api.SYNC, payloadBytes, 1);

        assertThat(checksum(Transport.LOCAL, Api.ASYNC, payloadBytes, 1)).isEqualTo(expected);
        assertThat(checksum(Transport.SHM, Api.SYNC, payloadBytes, 1)).isEqualTo(expected);
        assertThat(checksum(Transport.SHM, Api.ASYNC, payloadBytes, 1)).isEqualTo(expected);
        if (payloadBytes > 0) {
            assertThat(checksum(Transport.LOCAL, Api.SYNC, payloadBytes, 2)).isNotEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"ASYNC", "SYNC"})
    void oneMessageInSixteenThroughSharedMemoryIsTimedAndNeverAcrossGames(final Api api) {
        try (HotPath hotPath = hotPath(Transport.SHM, api, 64, 1)) {
            play(hotPath, 16);
            assertThat(latencies).isEmpty();

            play(hotPath, 1);
            assertThat(latencies).isEmpty();

            play(hotPath, 48);
            assertThat(latencies).hasSize(3).allMatch(nanoseconds -> nanoseconds > 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"UDP", "TCP"})
    void eachMessageOverASocketIsTimedButTheFirstOfAGame(final Transport transport) {
        try (HotPath hotPath = hotPath(transport, Api.ASYNC, 64, 1)) {
            play(hotPath, 20);

            assertThat(latencies).hasSize(19).allMatch(nanoseconds -> nanoseconds > 0);
        }
    }

    private long checksum(final Transport transport, final Api api, final int payloadBytes, final long seed) {
        try (HotPath hotPath = hotPath(transport, api, payloadBytes, seed)) {
            play(hotPath, 40);
            return hotPath.checksum();
        }
    }

    private HotPath hotPath(final Transport transport, final Api api, final int payloadBytes, final long seed) {
        return new HotPath(transport, api, payloadBytes, seed, latencies::add);
    }

    private static void play(final HotPath hotPath, final long messages) {
        final long target = hotPath.advance() + messages;
        hotPath.play(messages);
        assertThat(new Stall(20_000_000_000L).await(hotPath::advance, target)).isTrue();
    }
}
