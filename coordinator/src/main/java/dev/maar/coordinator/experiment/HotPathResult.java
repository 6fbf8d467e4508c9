package dev.maar.coordinator.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.maar.agent.job.CellKey;
import dev.maar.agent.job.PairObservation;
import dev.maar.agent.job.PairOutcome;
import dev.maar.agent.job.SideName;
import dev.maar.agent.stats.LatencyPercentile;
import dev.maar.agent.stats.Metric;
import dev.maar.jig.LatencyRecorder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hipparchus.stat.descriptive.moment.StandardDeviation;
import org.hipparchus.stat.descriptive.rank.Median;

/**
 * What the hot-path suite says of one side: {@code maar.hotpath/1}.
 *
 * @param schema the version of this shape
 * @param side the side, as written
 * @param seed the seed of everything random
 * @param results one a case
 */
public record HotPathResult(String schema, String side, long seed, List<Row> results) {

    /** The version of this shape. */
    public static final String SCHEMA = "maar.hotpath/1";

    /** Copies the list. */
    public HotPathResult {
        results = List.copyOf(results);
    }

    /**
     * One case. Each fork gives one sample, the median over its slices.
     *
     * @param id for example {@code async/shm/payload=64}
     * @param api the style of the API
     * @param transport the transport
     * @param payloadBytes the payload's size
     * @param usPerMsg microseconds a message over the forks
     * @param msgPerSec messages a second over the forks
     * @param latencyUs how long single messages took, over all forks; absent when none was timed
     * @param allocBytesPerMsg bytes allocated a message, the median over the forks; absent when the JVM does not tell
     * @param samples each fork's microseconds a message
     * @param failure why there are no numbers; empty when there are
     */
    @JsonInclude(Include.NON_EMPTY)
    public record Row(
            String id,
            String api,
            String transport,
            int payloadBytes,
            Spread usPerMsg,
            Rate msgPerSec,
            @JsonInclude(Include.NON_ABSENT) Optional<Percentiles> latencyUs,
            @JsonInclude(Include.NON_ABSENT) OptionalDouble allocBytesPerMsg,
            List<Double> samples,
            String failure) {
        /** Copies the list. */
        public Row {
            samples = List.copyOf(samples);
        }
    }

    /**
     * Percentiles of single messages' latencies in microseconds, from the sending to the receiving handler.
     *
     * @param p50 half of them take at most so long
     * @param p99 99 of 100
     * @param p999 999 of 1,000
     */
    public record Percentiles(double p50, double p99, double p999) {

        private static Optional<Percentiles> of(final List<PairObservation> observations) {
            final LatencyRecorder all = new LatencyRecorder();
            for (final PairObservation observation : observations) {
                if (observation.outcome() instanceof final PairOutcome.Measured measured) {
                    measured.notes().a().latencyNs().forEach(all::record);
                    measured.notes().b().latencyNs().forEach(all::record);
                }
            }
            final SortedMap<Long, Long> counts = new TreeMap<>(all.drain().byNanoseconds());
            return counts.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Percentiles(at(counts, 0.5), at(counts, 0.99), at(counts, 0.999)));
        }

        private static double at(final SortedMap<Long, Long> counts, final double share) {
            return LatencyPercentile.of(counts, share, 0).orElseThrow() / 1e3;
        }
    }

    /**
     * How the samples spread.
     *
     * @param median the middle one
     * @param mean the mean
     * @param min the least
     * @param max the largest
     * @param cv standard deviation over mean
     */
    public record Spread(double median, double mean, double min, double max, double cv) {}

    /**
     * A rate.
     *
     * @param median the middle one
     */
    public record Rate(double median) {}

    static Row row(final CellKey cell, final List<PairObservation> observations) {
        final String api = cell.setting().getOrDefault("api", "async");
        final String transport = cell.setting().getOrDefault("transport", "local");
        final int payloadBytes = Integer.parseInt(cell.setting().getOrDefault("payloadBytes", "0"));
        final String id = api + "/" + transport + "/payload=" + payloadBytes;
        final double[] samples = samples(Metric.TIME, observations);
        final double[] allocated = samples(Metric.ALLOC, observations);
        if (samples.length == 0) {
            return new Row(
                    id,
                    api,
                    transport,
                    payloadBytes,
                    new Spread(0, 0, 0, 0, 0),
                    new Rate(0),
                    Optional.empty(),
                    OptionalDouble.empty(),
                    List.of(),
                    failure(observations));
        }
        final double median = new Median().evaluate(samples);
        final double mean = Arrays.stream(samples).average().orElseThrow();
        final double cv = samples.length < 2 ? 0 : new StandardDeviation().evaluate(samples) / mean;
        return new Row(
                id,
                api,
                transport,
                payloadBytes,
                new Spread(
                        median,
                        mean,
                        Arrays.stream(samples).min().orElseThrow(),
                        Arrays.stream(samples).max().orElseThrow(),
                        cv),
                new Rate(1e6 / median),
                Percentiles.of(observations),
                allocated.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(new Median().evaluate(allocated)),
                Arrays.stream(samples).boxed().toList(),
                "");
    }

    private static double[] samples(final Metric metric, final List<PairObservation> observations) {
        final List<Double> samples = new ArrayList<>();
        for (final PairObservation observation : observations) {
            if (observation.outcome() instanceof final PairOutcome.Measured measured) {
                for (final SideName side : SideName.values()) {
                    metric.of(measured, side).ifPresent(samples::add);
                }
            }
        }
        return samples.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static String failure(final List<PairObservation> observations) {
        for (final PairObservation observation : observations) {
            if (observation.outcome() instanceof final PairOutcome.Failed failed) {
                return failed.failures().a().kind().label() + ": "
                        + failed.failures().a().reason()
                        + failed.failures().b().reason();
            }
        }
        return "not measured";
    }
}
