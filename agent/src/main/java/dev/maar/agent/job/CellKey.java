package dev.maar.agent.job;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is measured: one jig of one adopter in one case. With a metric it names a cell.
 *
 * @param adopter the adopter's name
 * @param jig the jig's name
 * @param setting the case, by setting name
 */
public record CellKey(String adopter, String jig, Map<String, String> setting) {

    /** Copies the case, in the order of its names. */
    public CellKey {
        setting = java.util.Collections.unmodifiableMap(new TreeMap<>(setting));
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

    /**
     * The whole key in one line, as {@code --cell} takes it.
     *
     * @return {@code ADOPTER/JIG/CASE}
     */
    public String id() {
        return adopter + "/" + jig + "/" + caseId();
    }
}
