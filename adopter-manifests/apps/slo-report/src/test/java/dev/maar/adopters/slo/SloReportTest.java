package dev.maar.adopters.slo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.junit.jupiter.api.Test;

final class SloReportTest {

    @Test
    void intervalsOfAnEndpointAreMerged() {
        final SloReport report = new SloReport();

        assertThat(report.read(log(100, 200))).isEqualTo(2);

        assertThat(report.requests("search")).isEqualTo(2000);
        assertThat(report.requests("checkout")).isZero();
    }

    @Test
    void onlyAMissedObjectiveIsNamed() {
        final SloReport report = new SloReport();
        report.read(log(100, 200));

        assertThat(report.missed(new Objective(50, 100))).isEmpty();
        assertThat(report.missed(new Objective(99, 150))).containsExactly("search: 200 us at 99.0 %");
    }

    /** An interval of 1,000 requests for each latency. */
    private static ByteArrayInputStream log(final long... micros) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final HistogramLogWriter writer = new HistogramLogWriter(out);
        writer.outputLogFormatVersion();
        writer.outputLegend();
        for (int i = 0; i < micros.length; i++) {
            final Histogram interval = new Histogram(3);
            interval.recordValueWithCount(micros[i], 1000);
            interval.setTag("search");
            interval.setStartTimeStamp(i * 1000L);
            interval.setEndTimeStamp(i * 1000L + 1000);
            writer.outputIntervalHistogram(interval);
        }
        return new ByteArrayInputStream(out.toByteArray());
    }
}
