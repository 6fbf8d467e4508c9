package dev.maar.jig;

/** Latencies of single operations in nanoseconds, in the order in which they were recorded. Immutable. */
public final class Latencies {

    /** No latencies: the jig does not record them. */
    public static final Latencies NONE = new Latencies(new long[0]);

    private final long[] nanoseconds;

    private Latencies(final long[] nanoseconds) {
        this.nanoseconds = nanoseconds;
    }

    /**
     * Latencies from an array, which is copied.
     *
     * @param nanoseconds the values
     * @param count how many of them count, from the start
     * @return the latencies
     */
    public static Latencies of(final long[] nanoseconds, final int count) {
        return new Latencies(java.util.Arrays.copyOf(nanoseconds, count));
    }

    /**
     * How many there are.
     *
     * @return the count
     */
    public int count() {
        return nanoseconds.length;
    }

    /**
     * The values.
     *
     * @return a copy, in nanoseconds
     */
    public long[] toArray() {
        return nanoseconds.clone();
    }
}
