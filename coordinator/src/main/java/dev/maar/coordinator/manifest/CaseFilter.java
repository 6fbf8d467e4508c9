package dev.maar.coordinator.manifest;

import java.util.Map;
import java.util.Set;

/**
 * Which cases of the jigs are measured: {@code --transports} and {@code --sizes}.
 *
 * @param transports the values of {@code transport} to keep; empty for all
 * @param sizes the values of {@code payloadBytes} to keep; empty for all
 */
public record CaseFilter(Set<String> transports, Set<String> sizes) {

    /** Keeps every case. */
    public static final CaseFilter ALL = new CaseFilter(Set.of(), Set.of());

    /** Copies the sets. */
    public CaseFilter {
        transports = Set.copyOf(transports);
        sizes = Set.copyOf(sizes);
    }

    /**
     * Whether a case is measured. A case that has no such setting is not filtered by it.
     *
     * @param setting the case
     * @return whether it is kept
     */
    public boolean keeps(final Map<String, String> setting) {
        return keeps(transports, setting, "transport") && keeps(sizes, setting, "payloadBytes");
    }

    private static boolean keeps(final Set<String> wanted, final Map<String, String> setting, final String name) {
        final String value = setting.get(name);
        return wanted.isEmpty() || value == null || wanted.contains(value);
    }
}
