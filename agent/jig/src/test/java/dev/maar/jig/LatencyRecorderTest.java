package dev.maar.jig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LatencyRecorderTest {

    private final LatencyRecorder recorder = new LatencyRecorder();

    @Test
    void shortDurationsAreKeptToTheNanosecond() {
        for (int nanoseconds = 0; nanoseconds < 256; nanoseconds++) {
            recorder.record(nanoseconds);
        }

        final Latencies latencies = recorder.drain();
        assertThat(latencies.count()).isEqualTo(256);
        assertThat(latencies.byNanoseconds()).hasSize(256).containsEntry(0L, 1L).containsEntry(255L, 1L);
    }

    @Test
    void longOnesAreKeptToLessThanOnePercent() {
        final SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 10_000; i++) {
            final long nanoseconds = random.nextLong(1L << random.nextInt(8, 40));
            recorder.record(nanoseconds);

            final Map<Long, Long> kept = recorder.drain().byNanoseconds();
            assertThat(kept).hasSize(1).containsValue(1L);
            assertThat((double) kept.keySet().iterator().next()).isCloseTo(nanoseconds, within(0.005 * nanoseconds));
        }
    }

    @Test
    void whatWasCountedInABucketIsCountedThereAgain() {
        for (long nanoseconds = 1; nanoseconds < 1L << 39; nanoseconds = nanoseconds * 9 / 8 + 1) {
            recorder.record(nanoseconds);
        }
        final Latencies once = recorder.drain();
        once.byNanoseconds().forEach(recorder::record);

        assertThat(recorder.drain().byNanoseconds()).isEqualTo(once.byNanoseconds());
    }

    @Test
    void whatNoClockShouldSayIsCountedAtTheEnds() {
        recorder.record(-5);
        recorder.record(Long.MIN_VALUE);
        recorder.record(Long.MAX_VALUE);
        recorder.record(1L << 40);

        final Latencies latencies = recorder.drain();
        assertThat(latencies.count()).isEqualTo(4);
        assertThat(latencies.byNanoseconds()).hasSize(2).containsEntry(0L, 2L);
    }

    @Test
    void aDrainedRecorderIsEmpty() {
        assertThat(recorder.drain()).isSameAs(Latencies.NONE);
        recorder.record(5, 3);
        assertThat(recorder.drain().count()).isEqualTo(3);
        assertThat(recorder.drain().count()).isZero();
    }

    @Test
    void ofAnArrayCountsWhatCounts() {
        assertThat(Latencies.of(new long[] {9, 7, 9, 100}, 3).byNanoseconds()).isEqualTo(Map.of(7L, 1L, 9L, 2L));
    }
}
