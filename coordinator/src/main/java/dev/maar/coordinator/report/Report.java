package dev.maar.coordinator.report;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.maar.agent.job.Stage;
import dev.maar.agent.job.Verdict;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an experiment found: the model behind {@code report.json} and every other writer. Immutable.
 *
 * <p>Absent values: a number that is not known is {@link Double#NaN} here and {@code null} in JSON; a text that does not apply
 * is empty; a list or map without entries is empty. Every key is always written.
 *
 * @param schema always {@link #SCHEMA}
 * @param experiment what was compared, and how
 * @param agents who measured
 * @param trust what says that the verdicts can be believed
 * @param summary the verdict, and how much of what was asked is decided
 * @param adopters one entry an adopter
 * @param settings the constants of the method that were used, by name, as they are to be shown
 * @param notes what else a reader should know about the run, one sentence each
 */
public record Report(
        String schema,
        Experiment experiment,
        List<Agent> agents,
        Trust trust,
        Summary summary,
        List<AdopterReport> adopters,
        Map<String, String> settings,
        List<String> notes) {

    /** The version of the shape of {@code report.json}. */
    public static final String SCHEMA = "maar.report/1";

    /** Copies the collections. */
    public Report {
        agents = List.copyOf(agents);
        adopters = List.copyOf(adopters);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        notes = List.copyOf(notes);
    }

    /**
     * A report whose summary follows from its adopters.
     *
     * @param experiment what was compared, and how
     * @param agents who measured
     * @param trust what says that the verdicts can be believed
     * @param adopters one entry an adopter
     * @param settings the constants of the method that were used
     * @param notes what else a reader should know
     * @return the report
     */
    public static Report of(
            final Experiment experiment,
            final List<Agent> agents,
            final Trust trust,
            final List<AdopterReport> adopters,
            final Map<String, String> settings,
            final List<String> notes) {
        return new Report(SCHEMA, experiment, agents, trust, Summaries.of(adopters), adopters, settings, notes);
    }

    /** How an experiment ended. */
    public enum Status {
        /** Everything that was planned was done, or was given up with a reason. */
        COMPLETED,
        /** Stopped from outside; the report says what was done until then. */
        ABORTED,
        /** It could not be done. */
        FAILED;

        /**
         * The name as it is written everywhere.
         *
         * @return for example {@code completed}
         */
        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What was compared, and how.
     *
     * @param id the experiment's id
     * @param name a name for people; the id when none was given
     * @param status how it ended
     * @param subject the subject's name
     * @param a the baseline
     * @param b the candidate
     * @param stages what was done with each adopter
     * @param budget quick, standard or thorough
     * @param seed what everything random was drawn from; below 2^53, so that any JSON reader keeps it
     * @param startedAt when it began
     * @param finishedAt when it ended, or when this report was made
     * @param reproduce the command that does it again
     */
    public record Experiment(
            String id,
            String name,
            Status status,
            String subject,
            Side a,
            Side b,
            List<Stage> stages,
            String budget,
            long seed,
            Instant startedAt,
            Instant finishedAt,
            String reproduce) {
        /** Copies the list. */
        public Experiment {
            stages = List.copyOf(stages);
        }
    }

    /**
     * One of the two things compared.
     *
     * @param spec what the user wrote, with defaults filled in
     * @param commit the commit it is based on; empty when there is none
     * @param version the version that adopters resolved
     * @param tree the git tree that was built
     * @param dirty whether the tree holds something that the commit does not
     * @param jdk the JDK that compiled and ran it
     * @param jvmArgs extra flags of its forks
     * @param env extra environment of its forks
     * @param patches the patch files applied
     * @param artifactSha256 the hash of the artifact's bytes; empty when there is none
     * @param artifactBytes the artifact's size; 0 when there is none, or it is not known
     */
    public record Side(
            String spec,
            String commit,
            String version,
            String tree,
            boolean dirty,
            String jdk,
            List<String> jvmArgs,
            Map<String, String> env,
            List<String> patches,
            String artifactSha256,
            long artifactBytes) {
        /** Copies the collections. */
        public Side {
            jvmArgs = List.copyOf(jvmArgs);
            env = Collections.unmodifiableMap(new TreeMap<>(env));
            patches = List.copyOf(patches);
        }
    }

    /**
     * A machine that took part.
     *
     * @param id the agent's id
     * @param name its name for people
     * @param cpu the CPU's model
     * @param cores how many processors it has
     * @param memoryBytes its memory; 0 when not known
     * @param os its operating system
     * @param kernel its kernel
     * @param jdks its JDKs
     * @param jobs how many jobs it did
     * @param quarantined whether its measurements were set aside
     */
    public record Agent(
            String id,
            String name,
            String cpu,
            int cores,
            long memoryBytes,
            String os,
            String kernel,
            List<String> jdks,
            int jobs,
            boolean quarantined) {
        /** Copies the list. */
        public Agent {
            jdks = List.copyOf(jdks);
        }
    }

    /**
     * The experiment's checks of itself.
     *
     * @param aaCells how many cells were run as blinded A/A
     * @param aaFlagged how many of these came out changed; should be 0
     * @param positiveControls how many cells had a known slowdown put in
     * @param positiveControlsFound how many of these were found; should be all
     * @param positiveControlSize the slowdown that was put in, as a share; NaN when none was
     * @param sessions how often everything was measured: 1, or 2 when a control of the first time flagged
     * @param pairs how many live pairs were run
     * @param pairsRerun how many of these were run again because the environment spoilt them
     * @param rerunReasons why, with how often
     * @param pairsDisturbed how many count although the machine disturbed them, as no more could be run again
     * @param resolution what changes the cells can see
     * @param cost where the time of the pairs went
     * @param expectedFalseDiscoveries how many of the regressions and improvements are expected to be chance; NaN when not known
     */
    public record Trust(
            int aaCells,
            int aaFlagged,
            int positiveControls,
            int positiveControlsFound,
            double positiveControlSize,
            int sessions,
            int pairs,
            int pairsRerun,
            Map<String, Integer> rerunReasons,
            int pairsDisturbed,
            Resolution resolution,
            Cost cost,
            double expectedFalseDiscoveries) {
        /** Copies the map. */
        public Trust {
            rerunReasons = Collections.unmodifiableMap(new TreeMap<>(rerunReasons));
        }
    }

    /**
     * How small a change the judged times can see: half the width of their intervals.
     *
     * @param cells how many there are
     * @param half half of them can see a change of this share; NaN when there are none
     * @param most nine in ten can see a change of this share; NaN when there are none
     */
    public record Resolution(int cells, double half, double most) {

        /** Of no cells. */
        public static final Resolution NONE = new Resolution(0, Double.NaN, Double.NaN);
    }

    /**
     * Where the time of all live pairs went, in seconds.
     *
     * @param waiting for a quiet machine
     * @param start until forks were set up
     * @param warmUp until they were warm
     * @param measuring the rounds that count
     * @param end everything after them
     * @param controls how much of all this the controls took
     * @param rerun how much of all this went into pairs that were run again
     */
    public record Cost(
            double waiting, double start, double warmUp, double measuring, double end, double controls, double rerun) {

        /** No time at all. */
        public static final Cost NONE = new Cost(0, 0, 0, 0, 0, 0, 0);

        /**
         * All of it.
         *
         * @return seconds
         */
        public double total() {
            return waiting + start + warmUp + measuring + end;
        }
    }

    /**
     * The verdict, and how much of what was asked is decided.
     *
     * @param verdict the worst of the adopters'; skipped when there are none
     * @param adopters how many adopters there are
     * @param counts how many adopters have which verdict, the worst first; verdicts that no adopter has are left out
     * @param decided how many adopters are decided: their verdict is none of error, suspect, inconclusive and skipped
     * @param undecided the others, by reason
     * @param cells how many cells of the primary metric, time, there are: one a case
     * @param cellsDecided how many of these are decided
     * @param cellCounts how many of these have which verdict
     * @param metricCounts for each other metric by name, how many of its cells have which verdict
     */
    public record Summary(
            Verdict verdict,
            int adopters,
            Map<Verdict, Integer> counts,
            int decided,
            List<Undecided> undecided,
            int cells,
            int cellsDecided,
            Map<Verdict, Integer> cellCounts,
            Map<String, Map<Verdict, Integer>> metricCounts) {
        /** Copies the collections. */
        public Summary {
            final Map<String, Map<Verdict, Integer>> byMetric = new LinkedHashMap<>();
            metricCounts.forEach((metric, some) -> byMetric.put(metric, ordered(some)));
            metricCounts = Collections.unmodifiableMap(byMetric);
            counts = ordered(counts);
            undecided = List.copyOf(undecided);
            cellCounts = ordered(cellCounts);
        }

        private static Map<Verdict, Integer> ordered(final Map<Verdict, Integer> counts) {
            final Map<Verdict, Integer> copy = new EnumMap<>(Verdict.class);
            copy.putAll(counts);
            return Collections.unmodifiableMap(copy);
        }
    }

    /**
     * Adopters that are not decided, for one reason.
     *
     * @param reason the reason
     * @param adopters their names
     */
    public record Undecided(String reason, List<String> adopters) {
        /** Copies the list. */
        public Undecided {
            adopters = List.copyOf(adopters);
        }
    }
}
