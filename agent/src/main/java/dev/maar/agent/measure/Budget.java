package dev.maar.agent.measure;

import dev.maar.agent.job.PairSettings;
import dev.maar.agent.stats.MeasuringRules;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How much time a measurement may take: the settings of its pairs and the sizes at which it is looked at. Immutable. */
public enum Budget {
    /** An answer while one waits: a pair takes about 3 s. */
    QUICK(10, 25, 300, 600, MeasuringRules.quick()),
    /** For a second opinion, and for nights. */
    STANDARD(20, 30, 500, 3_000, MeasuringRules.standard()),
    /** For the last word. */
    THOROUGH(20, 50, 500, 5_000, MeasuringRules.standard());

    /** The spread of the last slices under which a fork is warm. */
    private static final double STEADY_SPREAD = 0.05;

    private static final long MILLI = 1_000_000L;

    private final PairSettings settings;
    private final MeasuringRules rules;

    Budget(
            final int rounds,
            final long sliceMillis,
            final long warmUpLeastMillis,
            final long warmUpMostMillis,
            final MeasuringRules rules) {
        this.settings = new PairSettings(
                rounds, sliceMillis * MILLI, warmUpLeastMillis * MILLI, warmUpMostMillis * MILLI, STEADY_SPREAD);
        this.rules = rules;
    }

    /**
     * The budget of that name.
     *
     * @param name for example {@code standard}
     * @return the budget
     * @throws IllegalArgumentException when there is no such budget; says which there are
     */
    public static Budget of(final String name) {
        return Arrays.stream(values())
                .filter(budget -> budget.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no budget '" + name + "'; there is "
                        + Arrays.stream(values()).map(Budget::label).collect(Collectors.joining(", "))));
    }

    /**
     * The name as it is written everywhere.
     *
     * @return for example {@code standard}
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * How each pair is run.
     *
     * @return the settings
     */
    public PairSettings settings() {
        return settings;
    }

    /**
     * When a cell is decided: the looks at its pairs, and what each must find.
     *
     * @return the rules
     */
    public MeasuringRules rules() {
        return rules;
    }
}
