package dev.maar.adopters.telemetry;

/**
 * Statistics of one sensor's open window, updated reading by reading with Welford's recurrence (Knuth, The Art of
 * Computer Programming, volume 2, section 4.2.2), which stays exact where a sum of squares would cancel. Not
 * thread-safe.
 */
final class SensorWindow {

    private final int sensor;
    private long window;
    private int count;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double mean;
    private double squares;
    private int expected = -1;
    private long missing;

    SensorWindow(final int sensor) {
        this.sensor = sensor;
    }

    /**
     * Takes a reading in.
     *
     * @param reading the sensor's next reading
     * @return how many readings the window has now
     */
    int add(final Reading reading) {
        if (expected >= 0) {
            missing += (reading.counter() - expected) & (Reading.COUNTERS - 1);
        }
        expected = (reading.counter() + 1) & (Reading.COUNTERS - 1);
        final double value = reading.value();
        count++;
        final double off = value - mean;
        mean += off / count;
        squares += off * (value - mean);
        min = Math.min(min, value);
        max = Math.max(max, value);
        return count;
    }

    /** The window as it is; its least and greatest values are infinite while it is empty. */
    WindowStats stats() {
        final double deviation = count < 2 ? 0 : Math.sqrt(squares / (count - 1));
        return new WindowStats(sensor, window, count, min, max, mean, deviation);
    }

    /** Begins the next window. */
    void next() {
        window++;
        count = 0;
        min = Double.POSITIVE_INFINITY;
        max = Double.NEGATIVE_INFINITY;
        mean = 0;
        squares = 0;
    }

    /** How many readings before the last one did not arrive, as far as a counter of 256 can tell. */
    long missing() {
        return missing;
    }
}
