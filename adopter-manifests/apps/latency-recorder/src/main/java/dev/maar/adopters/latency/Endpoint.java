package dev.maar.adopters.latency;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** One endpoint of a service. Any thread records; one thread takes intervals. */
public final class Endpoint {

    private final String name;
    private final Recorder recorder;
    private final long expectedIntervalMicros;
    private Histogram interval;

    /**
     * An endpoint without requests.
     *
     * @param name its name
     * @param digits significant decimal digits that are kept, 0 to 5
     * @param expectedIntervalMicros how often requests are expected, to make up for those that a pause hid; 0 for no such making up
     */
    public Endpoint(final String name, final int digits, final long expectedIntervalMicros) {
        this.name = name;
        this.recorder = new Recorder(digits);
        this.expectedIntervalMicros = expectedIntervalMicros;
        this.interval = recorder.getIntervalHistogram();
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Records a request's latency in microseconds. */
    public void record(final long micros) {
        if (expectedIntervalMicros > 0) {
            recorder.recordValueWithExpectedInterval(micros, expectedIntervalMicros);
        } else {
            recorder.recordValue(micros);
        }
    }

    /** What was recorded since the last call; the histogram is used again by the next call. */
    public Histogram takeInterval() {
        interval = recorder.getIntervalHistogram(interval);
        interval.setTag(name);
        return interval;
    }
}
