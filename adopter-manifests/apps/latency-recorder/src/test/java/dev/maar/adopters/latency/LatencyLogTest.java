package dev.maar.adopters.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;

final class LatencyLogTest {

    @Test
    void whatIsRecordedCanBeReadBack() {
        final Endpoint search = new Endpoint("search", 3, 0);
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final LatencyLog log = new LatencyLog(List.of(search), out, 0);
        for (int micros = 1; micros <= 1000; micros++) {
            search.record(micros);
        }

        assertThat(log.flip(1000)).isEqualTo(1000);
        assertThat(log.flip(2000)).isZero();

        final HistogramLogReader reader = new HistogramLogReader(new ByteArrayInputStream(out.toByteArray()));
        final EncodableHistogram read = reader.nextIntervalHistogram();
        assertThat(read.getTag()).isEqualTo("search");
        assertThat(((Histogram) read).getValueAtPercentile(50)).isEqualTo(500);
        assertThat(((Histogram) read).getTotalCount()).isEqualTo(1000);
        assertThat(reader.nextIntervalHistogram()).isNull();
    }

    @Test
    void aPauseIsMadeUpFor() {
        final Endpoint checkout = new Endpoint("checkout", 3, 10);
        checkout.record(100);

        assertThat(checkout.takeInterval().getTotalCount()).isEqualTo(10);
    }

    @Test
    void anIntervalHoldsNothingOfTheOneBefore() {
        final Endpoint search = new Endpoint("search", 2, 0);
        search.record(5);

        assertThat(search.takeInterval().getTotalCount()).isEqualTo(1);
        assertThat(search.takeInterval().getTotalCount()).isZero();
    }
}
