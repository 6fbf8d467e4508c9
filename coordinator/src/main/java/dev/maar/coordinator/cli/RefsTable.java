package dev.maar.coordinator.cli;

import dev.maar.agent.job.CellKey;
import dev.maar.coordinator.report.AdopterReport;
import dev.maar.coordinator.report.Report;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Several sides, each against the first: a row a case, a column a side. For one thread. */
final class RefsTable {

    private static final int LONGEST_NAME = 22;

    private final PrintStream out;
    private final List<String> refs = new ArrayList<>();
    private final Map<String, Map<String, String>> rows = new LinkedHashMap<>();

    RefsTable(final PrintStream out) {
        this.out = out;
    }

    /** Adds a side's column. */
    void add(final String ref, final Report report) {
        refs.add(ref);
        for (final AdopterReport adopter : report.adopters()) {
            if (adopter.cells().isEmpty()) {
                row(adopter.name()).put(ref, adopter.verdict().label());
            }
            for (final AdopterReport.Cell cell : adopter.cells()) {
                if (cell.ofPrimaryMetric()) {
                    row(new CellKey(adopter.name(), cell.jig(), cell.setting()).id())
                            .put(ref, words(cell));
                }
            }
        }
    }

    private Map<String, String> row(final String name) {
        return rows.computeIfAbsent(name, any -> new LinkedHashMap<>());
    }

    private static String words(final AdopterReport.Cell cell) {
        return Double.isNaN(cell.ratio())
                ? cell.verdict().label()
                : String.format(
                        Locale.ROOT,
                        "%+.1f %% %s",
                        100 * (cell.ratio() - 1),
                        cell.verdict().label());
    }

    /** Prints it. */
    void print(final String first) {
        out.println("time of an operation against " + first);
        final int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
        final StringBuilder head = new StringBuilder(" ".repeat(width));
        refs.forEach(ref -> head.append("  ").append(column(ref)));
        out.println(head.toString().stripTrailing());
        rows.forEach((name, cells) -> {
            final StringBuilder line = new StringBuilder(name).append(" ".repeat(width - name.length()));
            refs.forEach(ref -> line.append("  ").append(column(cells.getOrDefault(ref, "-"))));
            out.println(line.toString().stripTrailing());
        });
    }

    private static String column(final String text) {
        final String shown = text.length() > LONGEST_NAME ? text.substring(0, LONGEST_NAME - 1) + "~" : text;
        return shown + " ".repeat(LONGEST_NAME - shown.length());
    }
}
