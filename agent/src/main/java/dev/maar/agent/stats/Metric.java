package dev.maar.agent.stats;

import dev.maar.agent.job.Slice;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The table of what is read from a slice and how large a change of it matters. A new metric is a new row here and nothing else.
 *
 * <p>Changes are natural logarithms of b/a throughout, so "1 %" stands for 0.01, the same up and down.
 *
 * <p>The resolution is the least value that is told from zero. A value under it counts as the resolution, so both sides at zero are an effect
 * of 0, and zero on one side is the finite effect "at least this many times": a side that begins to allocate 16 bytes an operation is
 * ln(16/1). Under one byte an operation is what the machinery around a loop allocates now and then, not the loop.
 */
public enum Metric {
    /** How long an operation takes; the primary metric. */
    TIME("us/op", Better.LOWER, 0.01, 0.03, 1e-6, true) {
        @Override
        double read(final Slice slice) {
            return slice.nanos() / 1e3 / slice.operations();
        }
    },
    /** What an operation allocates, on all threads. Nearly without noise, so its floor serves before any calibration. */
    ALLOC("bytes/op", Better.LOWER, 0.005, 0.005, 1.0, true) {
        @Override
        double read(final Slice slice) {
            return (double) slice.allocatedBytes() / slice.operations();
        }
    },
    /** The process's CPU time of an operation. */
    CPU("us/op", Better.LOWER, 0.01, 0.03, 1e-6, true) {
        @Override
        double read(final Slice slice) {
            return slice.cpuNanos() / 1e3 / slice.operations();
        }
    },
    /** Operations a second: the time the other way up, so it is shown and not judged a second time. */
    RATE("op/s", Better.HIGHER, 0.01, 0.03, 1e-6, false) {
        @Override
        double read(final Slice slice) {
            return slice.nanos() == 0 ? UNKNOWN : slice.operations() * 1e9 / slice.nanos();
        }
    };

    private static final double UNKNOWN = -1;
    private static final List<Metric> JUDGED =
            List.of(values()).stream().filter(metric -> metric.judged).toList();

    private final String unit;
    private final Better better;
    private final double floor;
    private final double uncalibrated;
    private final double resolution;
    private final boolean judged;

    Metric(
            final String unit,
            final Better better,
            final double floor,
            final double uncalibrated,
            final double resolution,
            final boolean judged) {
        this.unit = unit;
        this.better = better;
        this.floor = floor;
        this.uncalibrated = uncalibrated;
        this.resolution = resolution;
        this.judged = judged;
    }

    /**
     * The metrics that make a cell each.
     *
     * @return those, in the order of this table
     */
    public static List<Metric> judged() {
        return JUDGED;
    }

    /**
     * The name as it is written everywhere.
     *
     * @return for example {@code time}
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The unit of its values.
     *
     * @return for example {@code us/op}
     */
    public String unit() {
        return unit;
    }

    /**
     * Which way it improves.
     *
     * @return the better direction
     */
    public Better better() {
        return better;
    }

    /**
     * The least practical threshold, however quiet the machine.
     *
     * @return a change as ln(b/a)
     */
    public double floor() {
        return floor;
    }

    /**
     * The practical threshold on an agent that has not been calibrated.
     *
     * @return a change as ln(b/a)
     */
    public double uncalibrated() {
        return uncalibrated;
    }

    /**
     * The least value that is told from zero.
     *
     * @return a value in this metric's unit
     */
    public double resolution() {
        return resolution;
    }

    /**
     * Reads a slice.
     *
     * @param slice one timed slice
     * @return the value in this metric's unit, as measured; empty when the slice does not know it or ran no operation
     */
    public OptionalDouble of(final Slice slice) {
        final double value = slice.operations() <= 0 ? UNKNOWN : read(slice);
        return value < 0 ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** The value of a slice with at least one operation; negative when the slice does not know it. */
    abstract double read(Slice slice);
}
