package dev.maar.coordinator.store;

import java.util.Locale;

/** How far an experiment is. */
public enum ExperimentState {
    /** Jobs of it are to be done; a coordinator that starts goes on with it. */
    RUNNING,
    /** All is done and reported. */
    COMPLETED,
    /** Somebody ended it. */
    ABORTED,
    /** It can not go on. */
    FAILED;

    /** The name as it is stored. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ExperimentState of(final String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
