package dev.maar.adopters.slo.jig;

import dev.maar.adopters.slo.Objective;
import dev.maar.adopters.slo.SloReport;
import dev.maar.jig.Case;
import dev.maar.jig.Check;
import dev.maar.jig.Jig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * A log is read and merged, over and over. An operation is one log of {@code intervals} intervals. It lives outside the app's source,
 * which knows nothing of it.
 */
public final class ReportJig implements Jig {

    private byte[] log;
    private long intervals;
    private long sum;

    @Override
    public void setUp(final Case setting) {
        final Random random = new Random(setting.seed());
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final HistogramLogWriter writer = new HistogramLogWriter(out);
        writer.outputLogFormatVersion();
        for (int i = 0; i < setting.getInt("intervals"); i++) {
            final Histogram interval = new Histogram(3);
            for (int request = 0; request < 1000; request++) {
                interval.recordValue(1 + (long) (500 * Math.exp(random.nextGaussian())));
            }
            interval.setTag("endpoint-" + i % 4);
            interval.setStartTimeStamp(i * 1000L);
            interval.setEndTimeStamp(i * 1000L + 1000);
            writer.outputIntervalHistogram(interval);
        }
        log = out.toByteArray();
    }

    @Override
    public void run(final long operations) {
        for (long i = 0; i < operations; i++) {
            final SloReport report = new SloReport();
            intervals += report.read(new ByteArrayInputStream(log));
            sum = sum * 31 + report.missed(new Objective(99, 1)).hashCode();
        }
    }

    @Override
    public Check check() {
        return Check.of(intervals, sum);
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}
