package dev.maar.adopters.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LevelMeterTest {

    @Test
    void measuresWhatArrivedAndTellsWhatIsMissing() {
        final LevelMeter meter = new LevelMeter();

        List.of(SampleBlock.of(0, 3, -4), SampleBlock.of(1), SampleBlock.of(4, 0, 0), SampleBlock.of(5, 0, 0, 0, 0))
                .forEach(meter::take);

        assertThat(meter.blocks()).isEqualTo(4);
        assertThat(meter.missing()).isEqualTo(2);
        assertThat(meter.next()).isEqualTo(6);
        assertThat(meter.peak()).isEqualTo(4);
        assertThat(meter.rootMeanSquare()).isEqualTo(Math.sqrt(25.0 / 8));
    }

    @Test
    void aMeterThatHasHeardNothingShowsNothing() {
        assertThat(new LevelMeter().rootMeanSquare()).isZero();
    }
}
