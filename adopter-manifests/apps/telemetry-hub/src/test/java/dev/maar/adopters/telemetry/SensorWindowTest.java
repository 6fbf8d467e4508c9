package dev.maar.adopters.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SensorWindowTest {

    private final SensorWindow window = new SensorWindow(3);

    @Test
    void statisticsAreThoseOfTheDefinition() {
        add(0, 2, 4, 4, 4, 5, 5, 7, 9);

        final WindowStats stats = window.stats();

        assertThat(stats.sensor()).isEqualTo(3);
        assertThat(stats.count()).isEqualTo(8);
        assertThat(stats.min()).isEqualTo(2);
        assertThat(stats.max()).isEqualTo(9);
        assertThat(stats.mean()).isEqualTo(5, within(1e-12));
        assertThat(stats.deviation()).isEqualTo(Math.sqrt(32.0 / 7), within(1e-12));
    }

    @Test
    void aLargeOffsetDoesNotSpoilTheDeviation() {
        add(0, 1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16);

        assertThat(window.stats().deviation()).isEqualTo(Math.sqrt(30), within(1e-6));
    }

    @Test
    void theNextWindowForgetsTheLast() {
        add(0, -100, 100);
        window.next();
        add(2, 5);

        assertThat(window.stats()).isEqualTo(new WindowStats(3, 1, 1, 5, 5, 5, 0));
        assertThat(window.missing()).isZero();
    }

    @Test
    void skippedCountersAreMissingReadings() {
        add(10, 1);
        add(13, 1);
        add(14, 1);

        assertThat(window.missing()).isEqualTo(2);
    }

    @Test
    void countersWrapAround() {
        add(254, 1, 1, 1, 1);
        assertThat(window.missing()).isZero();

        add(4, 1);
        assertThat(window.missing()).isEqualTo(2);
    }

    private void add(final int firstCounter, final double... values) {
        for (int i = 0; i < values.length; i++) {
            window.add(new Reading(3, (firstCounter + i) % Reading.COUNTERS, values[i]));
        }
    }
}
