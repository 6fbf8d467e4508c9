package dev.maar.transport.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The results as a table for people and as JSON. */
final class Report {

    private static final String ROW = "%-36s %-17s %11s %-18s %11s %7s  %-16s %6s %s%n";

    private Report() {}

    static String table(final Results results) {
        final StringBuilder table = new StringBuilder();
        table.append(row("case", "ours", "time", "rival", "time", "ratio", "quartiles", "aim", ""));
        for (final Results.Comparison each : results.comparisons()) {
            final OptionalDouble aim = each.aim();
            table.append(row(
                    each.cell().label(),
                    each.matchup().ours().label(),
                    time(each.ours().median()),
                    each.matchup().rival().label(),
                    time(each.rival().median()),
                    number(each.ratioOfMedians()),
                    number(each.ratio().low()) + " to " + number(each.ratio().high()),
                    aim.isEmpty() ? "" : number(aim.getAsDouble()),
                    each.verdict()));
        }
        results.failures()
                .forEach(failure -> table.append("failed: ").append(failure).append('\n'));
        return table.toString();
    }

    private static String row(final Object... columns) {
        return String.format(Locale.ROOT, ROW, columns).replaceAll(" +\n", "\n");
    }

    private static String number(final double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String time(final double nanos) {
        return nanos < 10_000
                ? String.format(Locale.ROOT, "%.1f ns", nanos)
                : String.format(Locale.ROOT, "%.1f us", nanos / 1_000);
    }

    /** What is in it is said in the runtime's README. */
    static String json(final Results results, final Form form, final Map<String, String> circumstances) {
        final String about = circumstances.entrySet().stream()
                .map(entry -> quoted(entry.getKey()) + ": " + quoted(entry.getValue()))
                .collect(Collectors.joining(", "));
        final String times = results.times().entrySet().stream()
                .flatMap(candidate -> candidate.getValue().entrySet().stream()
                        .map(cell -> "    {\"candidate\": "
                                + quoted(candidate.getKey().label()) + ", "
                                + cell(cell.getKey()) + ", \"nsPerMessage\": "
                                + List.copyOf(cell.getValue().values()) + "}"))
                .collect(Collectors.joining(",\n"));
        final String comparisons =
                results.comparisons().stream().map(Report::comparison).collect(Collectors.joining(",\n"));
        final String failures = results.failures().stream().map(Report::quoted).collect(Collectors.joining(", "));
        return "{\n  \"schema\": \"maar.bench/1\",\n  \"circumstances\": {" + about + "},\n  \"rounds\": "
                + form.rounds()
                + ",\n  \"times\": [\n" + times + "\n  ],\n  \"comparisons\": [\n" + comparisons
                + "\n  ],\n  \"failures\": [" + failures + "]\n}\n";
    }

    private static String cell(final Cell cell) {
        return "\"pattern\": " + quoted(cell.pattern().label()) + ", \"processes\": " + cell.processes()
                + ", \"payloadBytes\": " + cell.size();
    }

    private static String comparison(final Results.Comparison each) {
        final OptionalDouble aim = each.aim();
        return "    {\"ours\": " + quoted(each.matchup().ours().label()) + ", \"rival\": "
                + quoted(each.matchup().rival().label()) + ", " + cell(each.cell()) + ", \"oursNs\": "
                + each.ours().median() + ", \"rivalNs\": " + each.rival().median() + ", \"ratio\": "
                + each.ratioOfMedians() + ", \"lowerQuartile\": " + each.ratio().low() + ", \"upperQuartile\": "
                + each.ratio().high() + ", \"rounds\": " + each.rounds()
                + (aim.isEmpty() ? "" : ", \"aim\": " + aim.getAsDouble() + ", \"verdict\": " + quoted(each.verdict()))
                + "}";
    }

    private static String quoted(final String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ") + '"';
    }
}
