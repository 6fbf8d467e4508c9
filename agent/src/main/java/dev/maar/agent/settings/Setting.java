package dev.maar.agent.settings;

import java.util.Locale;

/** Everything of an agent that can be set. Each is a number, at least 0; its name, unit, default and meaning stand together. */
public enum Setting {
    /** Steal time. */
    MOST_STEAL("share of CPU time", 0.10, "A pair during which the hypervisor took more is run again."),
    /** CPU time of others. */
    MOST_FOREIGN("share of all cores' time", 0.10, "A pair during which other processes used more is run again."),
    /** Swapping. */
    MOST_SWAPPED("pages", 16, "A pair during which the machine swapped more in and out is run again."),
    /** Major page faults. */
    MOST_MAJOR_FAULTS("faults", 200, "A pair during which the machine read more pages from disk is run again."),
    /** The canary. */
    MOST_CANARY_SHIFT(
            "share", 0.10, "A pair beside which a fixed piece of work took longer by more than this is run again."),
    /** How many pairs may be run again. */
    RERUN_SHARE(
            "re-runs a pair",
            0.10,
            "At most this many pairs are run again for each that counts, and two more. 0: none."),
    /** How long to wait for a quiet machine at once. */
    LONGEST_WAIT("seconds", 5, "The longest wait for a quiet machine before a pair. 0: never waits."),
    /** How long to wait in all. */
    WAIT_SHARE("share of measuring time", 0.10, "All waits together take at most this, and one longest wait more.");

    private final String unit;
    private final double byDefault;
    private final String meaning;

    Setting(final String unit, final double byDefault, final String meaning) {
        this.unit = unit;
        this.byDefault = byDefault;
        this.meaning = meaning;
    }

    /**
     * The name in {@code maar.yaml}.
     *
     * @return for example {@code agent-most-steal}
     */
    public String label() {
        return "agent-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The name in the environment.
     *
     * @return for example {@code MAAR_AGENT_MOST_STEAL}
     */
    public String environmentName() {
        return "MAAR_AGENT_" + name();
    }

    /**
     * What it is counted in.
     *
     * @return a few words
     */
    public String unit() {
        return unit;
    }

    /**
     * The value when nothing is set.
     *
     * @return the default
     */
    public double byDefault() {
        return byDefault;
    }

    /**
     * What it does.
     *
     * @return a sentence
     */
    public String meaning() {
        return meaning;
    }
}
