package dev.maar.agent.measure;

import dev.maar.agent.job.Surroundings;
import dev.maar.agent.settings.AgentSettings;
import dev.maar.agent.settings.Setting;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a pair's surroundings can spoil a measurement. Never looks at what was measured: a pair that were run again for its value
 * would make the next value likelier to be the one that somebody hoped for. Pure.
 */
final class Disturbances {

    private Disturbances() {}

    /** The disturbances, each in a word or two; what a machine does not tell disturbs nobody. */
    static List<String> of(final Surroundings around, final AgentSettings settings) {
        final List<String> found = new ArrayList<>(ofTheProcessors(around, settings));
        if (around.swappedPages() > settings.of(Setting.MOST_SWAPPED)) {
            found.add("swapping");
        }
        if (around.majorFaults() > settings.of(Setting.MOST_MAJOR_FAULTS)) {
            found.add("major faults");
        }
        if (around.canaryShift() > settings.of(Setting.MOST_CANARY_SHIFT)) {
            found.add("slower cores");
        }
        return found;
    }

    /** Those that a moment's look at the processors shows. */
    static List<String> ofTheProcessors(final Surroundings around, final AgentSettings settings) {
        final List<String> found = new ArrayList<>();
        if (around.stealShare() > settings.of(Setting.MOST_STEAL)) {
            found.add("steal time");
        }
        if (around.foreignShare() > settings.of(Setting.MOST_FOREIGN)) {
            found.add("other processes");
        }
        return found;
    }
}
