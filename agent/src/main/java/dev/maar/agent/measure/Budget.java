package dev.maar.agent.measure;

import dev.maar.agent.job.PairSettings;
import dev.maar.agent.job.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How much time a measurement may take: the settings of its pairs and the sizes at which it is looked at. Immutable. */
public enum Budget {
    /** An answer while one waits: a pair takes about 3 s. */
    QUICK(10, 25, 300, 1_500, List.of(8, 16), List.of(16)),
    /** The default. */
    STANDARD(20, 30, 500, 3_000, List.of(8, 16), List.of(16, 32)),
    /** For a nightly run. */
    THOROUGH(20, 50, 500, 5_000, List.of(8, 16), List.of(16, 32));

    /** The spread of the last slices under which a fork is warm. */
    private static final double STEADY_SPREAD = 0.05;

    private static final long MILLI = 1_000_000L;

    private final PairSettings settings;
    private final List<Integer> screenLooks;
    private final List<Integer> confirmLooks;

    Budget(
            final int rounds,
            final long sliceMillis,
            final long warmUpLeastMillis,
            final long warmUpMostMillis,
            final List<Integer> screenLooks,
            final List<Integer> confirmLooks) {
        this.settings = new PairSettings(
                rounds, sliceMillis * MILLI, warmUpLeastMillis * MILLI, warmUpMostMillis * MILLI, STEADY_SPREAD);
        this.screenLooks = screenLooks;
        this.confirmLooks = confirmLooks;
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
     * The numbers of pairs at which a phase is judged, ascending; nothing is judged in between, which would break the error rate.
     *
     * @param phase the phase
     * @return for example 8, 16; the last is the most pairs that the phase takes
     */
    public List<Integer> looks(final Phase phase) {
        return phase == Phase.SCREEN ? screenLooks : confirmLooks;
    }
}
