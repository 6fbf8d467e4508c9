package dev.maar.coordinator.manifest;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which cases of the jigs are measured: what {@code --transports}, {@code --sizes}, {@code --apis} and {@code --case} ask for, and what the
 * budget has time for.
 *
 * @param asked for each setting that was asked for, the values to keep; a case that has no such setting is not filtered by it
 * @param larger whether there is time for what a manifest leaves to larger budgets
 */
public record CaseFilter(Map<String, Set<String>> asked, boolean larger) {

    /** Asks for nothing in particular: every case that a manifest has measured whatever the budget. */
    public static final CaseFilter ALL = new CaseFilter(Map.of(), false);

    /** Copies the map. */
    public CaseFilter {
        final Map<String, Set<String>> copy = new LinkedHashMap<>();
        asked.forEach((setting, values) -> copy.put(setting, Set.copyOf(values)));
        asked = Map.copyOf(copy);
    }

    /**
     * Asks for a setting's values as well.
     *
     * @param setting the setting's name
     * @param values the values to keep; none asks for nothing. Of a setting that was asked for already only what both ask for is kept
     * @return the narrower filter
     */
    public CaseFilter and(final String setting, final Set<String> values) {
        if (values.isEmpty()) {
            return this;
        }
        final Map<String, Set<String>> both = new LinkedHashMap<>(asked);
        both.merge(setting, values, CaseFilter::common);
        return new CaseFilter(both, larger);
    }

    /**
     * Has time for more, or not.
     *
     * @param enough whether there is time for what a manifest leaves to larger budgets
     * @return the filter
     */
    public CaseFilter withLarger(final boolean enough) {
        return new CaseFilter(asked, enough);
    }

    private static Set<String> common(final Set<String> one, final Set<String> other) {
        final Set<String> common = new LinkedHashSet<>(one);
        common.retainAll(other);
        return common;
    }

    /** The values of a setting that are measured: those asked for, of all that a jig has, or else those that there is time for. */
    List<String> of(final String setting, final AdopterManifest.Jig jig) {
        final List<String> always = jig.cases().getOrDefault(setting, List.of());
        final List<String> withTime = jig.larger().getOrDefault(setting, List.of());
        final List<String> named = jig.more().getOrDefault(setting, List.of());
        final Set<String> wanted = asked.get(setting);
        if (wanted == null) {
            return larger ? Stream.concat(always.stream(), withTime.stream()).toList() : always;
        }
        return Stream.of(always, withTime, named)
                .flatMap(List::stream)
                .filter(wanted::contains)
                .toList();
    }
}
