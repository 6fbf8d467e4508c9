package dev.maar.adopters.slo;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/** Merges interval logs, and says which objectives were missed. For one thread. */
public final class SloReport {

    private static final String UNTAGGED = "all";

    private final Map<String, Histogram> merged = new TreeMap<>();

    /** Reads a log; returns how many intervals it had. */
    public int read(final InputStream log) {
        int intervals = 0;
        try (HistogramLogReader reader = new HistogramLogReader(log)) {
            while (reader.hasNext()) {
                final EncodableHistogram next = reader.nextIntervalHistogram();
                if (next instanceof Histogram histogram) {
                    final String tag = histogram.getTag() == null ? UNTAGGED : histogram.getTag();
                    merged.computeIfAbsent(tag, name -> new Histogram(3)).add(histogram);
                    intervals++;
                }
            }
        }
        return intervals;
    }

    /** How many requests an endpoint had. */
    public long requests(final String endpoint) {
        return merged.containsKey(endpoint) ? merged.get(endpoint).getTotalCount() : 0;
    }

    /** The endpoints that miss an objective, each with the value it had. */
    public List<String> missed(final Objective objective) {
        final List<String> missed = new ArrayList<>();
        merged.forEach((endpoint, histogram) -> {
            final long micros = histogram.getValueAtPercentile(objective.percentile());
            if (micros > objective.micros()) {
                missed.add(endpoint + ": " + micros + " us at " + objective.percentile() + " %");
            }
        });
        return missed;
    }
}
