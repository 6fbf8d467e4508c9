package dev.maar.adopters.latency;

import java.io.OutputStream;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/** Writes the intervals of some endpoints to a log. For one thread. */
public final class LatencyLog {

    private final List<Endpoint> endpoints;
    private final HistogramLogWriter writer;
    private long from;

    /**
     * Begins a log.
     *
     * @param endpoints whose intervals are written
     * @param out where to
     * @param startMillis the time of day at which it begins
     */
    public LatencyLog(final List<Endpoint> endpoints, final OutputStream out, final long startMillis) {
        this.endpoints = List.copyOf(endpoints);
        this.writer = new HistogramLogWriter(out);
        this.from = startMillis;
        writer.outputLogFormatVersion();
        writer.setBaseTime(startMillis);
        writer.outputBaseTime(startMillis);
        writer.outputLegend();
    }

    /** Writes one interval of each endpoint that had requests, ending at a time of day; returns how many requests that were. */
    public long flip(final long millis) {
        long requests = 0;
        for (final Endpoint endpoint : endpoints) {
            final Histogram interval = endpoint.takeInterval();
            if (interval.getTotalCount() > 0) {
                interval.setStartTimeStamp(from);
                interval.setEndTimeStamp(millis);
                writer.outputIntervalHistogram(interval);
                requests += interval.getTotalCount();
            }
        }
        from = millis;
        return requests;
    }
}
