package dev.maar.agent.stats;

import dev.maar.agent.job.ForkNotes;
import dev.maar.agent.job.PairOutcome;
import dev.maar.agent.job.SideName;
import dev.maar.agent.job.Slice;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * The table of what is read from a slice, or from all of a fork, and how large a change of it matters. A new metric is a new row here and nothing else.
 *
 * <p>Changes are natural logarithms of b/a throughout, so "1 %" stands for 0.01, the same up and down.
 *
 * <p>The resolution is the least value that is told from zero. A value under it counts as the resolution, so both sides at zero are an effect
 * of 0, and zero on one side is the finite effect "at least this many times": a side that begins to allocate 16 bytes an operation is
 * ln(16/1). Under one byte an operation is what the machinery around a loop allocates now and then, not the loop.
 *
 * <p>A percentile is known where the jig records latencies, of all measured slices of a fork together: one slice has too few operations in its tail.
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
    /** How long half of the operations take at most, where the jig records latencies. */
    P50("us", Better.LOWER, 0.01, 0.05, 1e-3, true) {
        @Override
        OptionalDouble read(final ForkNotes fork) {
            return percentile(fork, 0.5);
        }
    },
    /** How long 99 of 100 operations take at most. */
    P99("us", Better.LOWER, 0.02, 0.10, 1e-3, true) {
        @Override
        OptionalDouble read(final ForkNotes fork) {
            return percentile(fork, 0.99);
        }
    },
    /** How long 999 of 1,000 operations take at most. */
    P99_9("us", Better.LOWER, 0.05, 0.20, 1e-3, true) {
        @Override
        OptionalDouble read(final ForkNotes fork) {
            return percentile(fork, 0.999);
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
    /** How many operations a percentile leaves beyond it: with fewer it is the luck of the fork. */
    private static final int LEAST_BEYOND = 10;

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
     * The metric of that name.
     *
     * @param label for example {@code p99.9}
     * @return the metric
     * @throws IllegalArgumentException when there is none; says which there are
     */
    public static Metric of(final String label) {
        return Arrays.stream(values())
                .filter(metric -> metric.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no metric '" + label + "'; there is "
                        + Arrays.stream(values()).map(Metric::label).collect(Collectors.joining(", "))));
    }

    /**
     * The name as it is written everywhere.
     *
     * @return for example {@code time} or {@code p99.9}
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
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

    /**
     * Reads one side of a pair: a percentile over all its slices, any other metric as the median of its slices.
     *
     * @param measured a measured pair
     * @param side the side
     * @return the value in this metric's unit; empty when it is not known
     */
    public OptionalDouble of(final PairOutcome.Measured measured, final SideName side) {
        final OptionalDouble whole = read(measured.notes().of(side));
        if (whole.isPresent()) {
            return whole;
        }
        final double[] slices = measured.slices().stream()
                .filter(slice -> slice.side() == side)
                .map(this::of)
                .flatMapToDouble(OptionalDouble::stream)
                .sorted()
                .toArray();
        return slices.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(WalshAverages.medianOfSorted(slices));
    }

    private static OptionalDouble percentile(final ForkNotes fork, final double share) {
        final OptionalDouble nanos = LatencyPercentile.of(fork.latencyNs(), share, LEAST_BEYOND);
        return nanos.isPresent() ? OptionalDouble.of(nanos.getAsDouble() / 1e3) : nanos;
    }

    /** The value of a slice with at least one operation; negative when a slice does not know it. */
    double read(final Slice slice) {
        return UNKNOWN;
    }

    /** The value of a whole fork; empty when that is not where it comes from, or it is not known. */
    OptionalDouble read(final ForkNotes fork) {
        return OptionalDouble.empty();
    }
}
