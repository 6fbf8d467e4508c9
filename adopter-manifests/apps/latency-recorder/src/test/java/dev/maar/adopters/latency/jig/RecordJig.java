package dev.maar.adopters.latency.jig;

import dev.maar.adopters.latency.Endpoint;
import dev.maar.jig.Case;
import dev.maar.jig.Check;
import dev.maar.jig.Jig;
import java.util.Random;
import org.HdrHistogram.Histogram;

/** Requests are recorded, and every so many the interval is taken and its percentiles looked at. An operation is one request. */
public final class RecordJig implements Jig {

    private static final int LATENCIES = 1 << 14;
    private static final int INTERVAL = 1 << 13;

    private Endpoint endpoint;
    private long[] latencies;
    private long recorded;
    private long counted;
    private long sum;

    @Override
    public void setUp(final Case setting) {
        final Random random = new Random(setting.seed());
        latencies = new long[LATENCIES];
        for (int i = 0; i < LATENCIES; i++) {
            latencies[i] = 1 + (long) (500 * Math.exp(random.nextGaussian()));
        }
        endpoint = new Endpoint("search", setting.getInt("digits"), 0);
    }

    @Override
    public void run(final long operations) {
        for (long i = 0; i < operations; i++) {
            endpoint.record(latencies[(int) (recorded++ & (LATENCIES - 1))]);
            if ((recorded & (INTERVAL - 1)) == 0) {
                take();
            }
        }
    }

    private void take() {
        final Histogram interval = endpoint.takeInterval();
        counted += interval.getTotalCount();
        sum = sum * 31 + interval.getValueAtPercentile(50) + interval.getValueAtPercentile(99.9) + interval.getMaxValue();
    }

    @Override
    public Check check() {
        take();
        return Check.of(counted, sum);
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}
