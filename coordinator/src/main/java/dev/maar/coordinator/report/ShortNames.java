package dev.maar.coordinator.report;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Names cells by what tells them apart within one report: a jig only where its adopter has several, a setting only where it varies. */
final class ShortNames {

    private final Map<String, Set<String>> jigs = new HashMap<>();
    private final Map<String, Set<String>> values = new HashMap<>();

    ShortNames(final List<CellRow> rows) {
        for (final CellRow row : rows) {
            jigs.computeIfAbsent(row.adopter(), adopter -> new HashSet<>())
                    .add(row.cell().jig());
            row.cell()
                    .setting()
                    .forEach((name, value) -> values.computeIfAbsent(key(row, name), setting -> new HashSet<>())
                            .add(value));
        }
    }

    String of(final CellRow row) {
        final String jig = jigs.getOrDefault(row.adopter(), Set.of()).size() > 1
                ? "/" + row.cell().jig()
                : "";
        final String varying = row.cell().setting().entrySet().stream()
                .filter(entry ->
                        values.getOrDefault(key(row, entry.getKey()), Set.of()).size() > 1)
                .map(Map.Entry::getValue)
                .collect(Collectors.joining(" "));
        return PlainText.line(row.adopter() + jig + (varying.isEmpty() ? "" : " " + varying), 200);
    }

    private static String key(final CellRow row, final String setting) {
        return row.adopter() + "/" + row.cell().jig() + "/" + setting;
    }
}
