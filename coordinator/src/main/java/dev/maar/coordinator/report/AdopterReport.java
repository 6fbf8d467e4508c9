package dev.maar.coordinator.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.maar.agent.job.StageStatus;
import dev.maar.agent.job.Verdict;
import dev.maar.agent.stats.Metric;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What was found about one adopter. Immutable; {@link Report} says how absent values are written.
 *
 * @param name the adopter's name
 * @param verdict the worst of its stages'
 * @param owners whom to ask
 * @param labels its labels
 * @param build the build stage
 * @param test the test stage
 * @param cells the measure stage; empty when it has no jigs or was not measured
 * @param footprints what its forks need beside time, a case each; empty when nothing was measured
 */
public record AdopterReport(
        String name,
        Verdict verdict,
        List<String> owners,
        List<String> labels,
        Build build,
        Test test,
        List<Cell> cells,
        List<Footprint> footprints) {

    /** Copies the lists. */
    public AdopterReport {
        owners = List.copyOf(owners);
        labels = List.copyOf(labels);
        cells = List.copyOf(cells);
        footprints = List.copyOf(footprints);
    }

    /**
     * An adopter of whose forks nothing is known but what the cells say.
     *
     * @param name the adopter's name
     * @param verdict the worst of its stages'
     * @param owners whom to ask
     * @param labels its labels
     * @param build the build stage
     * @param test the test stage
     * @param cells the measure stage
     */
    public AdopterReport(
            final String name,
            final Verdict verdict,
            final List<String> owners,
            final List<String> labels,
            final Build build,
            final Test test,
            final List<Cell> cells) {
        this(name, verdict, owners, labels, build, test, cells, List.of());
    }

    /**
     * What the forks of one case need beside time: for information, not judged.
     *
     * @param jig the jig's name
     * @param setting the case; {@code case} in JSON
     * @param a side a's need
     * @param b side b's need
     */
    public record Footprint(
            String jig, @JsonProperty("case") Map<String, String> setting, Need a, Need b) {
        /** Copies the case. */
        public Footprint {
            setting = Collections.unmodifiableMap(new TreeMap<>(setting));
        }
    }

    /**
     * What one side's forks need.
     *
     * @param startUpMillis from the start of a fork until its first operation was done, the median over the pairs in which this side started first; NaN
     *     when not known
     * @param peakMemoryBytes the most memory that a fork's processes had resident, the median over the forks; 0 when not known
     */
    public record Need(double startUpMillis, long peakMemoryBytes) {}

    /**
     * The build stage.
     *
     * @param a how it ended on side a
     * @param b how it ended on side b
     * @param verdict what follows from both
     * @param reason the compiler's words, or what happened; empty when both pass
     * @param logA the log of side a, relative to the report's folder; empty when there is none
     * @param logB the log of side b
     * @param reusedA why side a was not built in this experiment; empty when it was
     * @param reusedB why side b was not
     */
    public record Build(
            StageStatus a,
            StageStatus b,
            Verdict verdict,
            String reason,
            String logA,
            String logB,
            String reusedA,
            String reusedB) {

        /**
         * A stage of which both sides were built.
         *
         * @param a how it ended on side a
         * @param b how it ended on side b
         * @param verdict what follows from both
         * @param reason the compiler's words
         * @param logA the log of side a
         * @param logB the log of side b
         */
        public Build(
                final StageStatus a,
                final StageStatus b,
                final Verdict verdict,
                final String reason,
                final String logA,
                final String logB) {
            this(a, b, verdict, reason, logA, logB, "", "");
        }
    }

    /**
     * The test stage.
     *
     * @param a how many tests ended how on side a
     * @param b the same on side b
     * @param verdict what follows from both
     * @param newlyFailing tests that pass on side a and fail on side b
     * @param newlyPassing tests that fail on side a and pass on side b
     * @param stillFailing tests that fail on both
     * @param failingDifferently those of them that fail with another message on each side
     * @param flaky tests that did not end the same way twice
     * @param reason what happened, when the counts do not say it; empty otherwise
     * @param messages the failure's message by test, side b's where both failed
     * @param logA the log of side a, relative to the report's folder; empty when there is none
     * @param logB the log of side b
     */
    public record Test(
            Counts a,
            Counts b,
            Verdict verdict,
            List<String> newlyFailing,
            List<String> newlyPassing,
            List<String> stillFailing,
            List<String> failingDifferently,
            List<String> flaky,
            String reason,
            Map<String, String> messages,
            String logA,
            String logB) {
        /** Copies the collections. */
        public Test {
            failingDifferently = List.copyOf(failingDifferently);
            newlyFailing = List.copyOf(newlyFailing);
            newlyPassing = List.copyOf(newlyPassing);
            stillFailing = List.copyOf(stillFailing);
            flaky = List.copyOf(flaky);
            messages = Collections.unmodifiableMap(new TreeMap<>(messages));
        }

        /**
         * A test stage that was not run.
         *
         * @param reason why not
         * @return the stage, skipped
         */
        public static Test skipped(final String reason) {
            return new Test(
                    Counts.NONE,
                    Counts.NONE,
                    Verdict.SKIPPED,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    reason,
                    Map.of(),
                    "",
                    "");
        }
    }

    /**
     * How many tests ended how on one side.
     *
     * @param passed passed
     * @param failed failed, errors included
     * @param skipped not run by the adopter's own choice
     */
    public record Counts(int passed, int failed, int skipped) {
        /** No tests at all. */
        public static final Counts NONE = new Counts(0, 0, 0);
    }

    /**
     * One metric of one jig in one case.
     *
     * @param jig the jig's name
     * @param setting the case; {@code case} in JSON
     * @param metric time, alloc, cpu, p50, p99, p99.9 or rate
     * @param unit the unit of the levels
     * @param a side a's level over its forks
     * @param b side b's level over its forks
     * @param ratio the estimate of b/a; above 1 is slower for time; NaN when there is none
     * @param low the lower end of the interval of the ratio; NaN when there is none
     * @param high the upper end; NaN when there is none
     * @param confidence the interval's confidence, for example 0.9
     * @param p the p-value; NaN when not tested
     * @param q the p-value after Benjamini-Hochberg over the experiment; NaN when not a candidate
     * @param threshold the practical threshold as a share: 0.03 is 3 %
     * @param thresholdSource where the threshold comes from, in a few words
     * @param pairs how many pairs the estimate rests on
     * @param agents the ids of the agents that ran them
     * @param verdict what follows
     * @param checksumA the jig's checksum on side a
     * @param checksumB the jig's checksum on side b
     * @param raw the file of its raw data, relative to the report's folder; empty when there is none
     * @param profile the file of its profile; empty when there is none
     * @param reproduce the command that measures this cell again
     * @param reason what happened, or what would decide it; empty when the numbers say it
     * @param pairsEffects each pair's d, ln(b/a), in the order they ran: what the plot shows
     */
    public record Cell(
            String jig,
            @JsonProperty("case") Map<String, String> setting,
            String metric,
            String unit,
            Level a,
            Level b,
            double ratio,
            double low,
            double high,
            double confidence,
            double p,
            double q,
            double threshold,
            String thresholdSource,
            int pairs,
            List<String> agents,
            Verdict verdict,
            String checksumA,
            String checksumB,
            String raw,
            String profile,
            String reproduce,
            String reason,
            List<Double> pairsEffects) {
        /** Copies the collections. */
        public Cell {
            setting = Collections.unmodifiableMap(new TreeMap<>(setting));
            agents = List.copyOf(agents);
            pairsEffects = List.copyOf(pairsEffects);
        }

        /**
         * Whether it is of the primary metric, of which every case that was planned has a cell.
         *
         * @return whether its metric is time
         */
        public boolean ofPrimaryMetric() {
            return metric.equals(Metric.TIME.label());
        }

        /**
         * Whether a reader is told of it. The other metrics of a case speak when they changed or may have; that most of them are noisier than time,
         * and so more often not decided, is no news of the change.
         *
         * @return whether it is of the primary metric, or neither unchanged nor inconclusive
         */
        public boolean tells() {
            return ofPrimaryMetric() || verdict != Verdict.UNCHANGED && verdict != Verdict.INCONCLUSIVE;
        }

        /**
         * The same numbers with another verdict.
         *
         * @param newVerdict the verdict
         * @param newReason why
         * @return the cell
         */
        public Cell with(final Verdict newVerdict, final String newReason) {
            return new Cell(
                    jig,
                    setting,
                    metric,
                    unit,
                    a,
                    b,
                    ratio,
                    low,
                    high,
                    confidence,
                    p,
                    q,
                    threshold,
                    thresholdSource,
                    pairs,
                    agents,
                    newVerdict,
                    checksumA,
                    checksumB,
                    raw,
                    profile,
                    reproduce,
                    newReason,
                    pairsEffects);
        }

        /**
         * The case in one line.
         *
         * @return for example {@code payloadBytes=64,transport=shm}
         */
        public String caseId() {
            return setting.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                    .collect(Collectors.joining(","));
        }
    }

    /**
     * The level of a metric on one side.
     *
     * @param median the median over the forks, in the cell's unit; NaN when not known
     * @param cv the coefficient of variation over the forks, 0.02 is 2 %; NaN when not known
     */
    public record Level(double median, double cv) {
        /** Not known. */
        public static final Level NONE = new Level(Double.NaN, Double.NaN);
    }
}
