package dev.maar.coordinator.report;

import dev.maar.agent.job.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the terminal shows of a report: the verdict first, then builds and tests that need a look, a line a cell, and at the end what is
 * decided, where the report is and the command that does it again. Fits {@value #WIDTH} columns. Immutable.
 */
public final class VerdictTable {

    /** How many columns a line has at most, apart from a word of a command that is longer. */
    public static final int WIDTH = 100;

    /** When there are more cells than this, those that are unchanged are counted instead of listed. */
    private static final int MOST_QUIET = 40;

    private static final int MOST_ROWS = 200;
    private static final int MOST_FINDINGS = 40;
    private static final int MOST_LINES = 6;
    private static final int MOST_ALIKE = 10;
    private static final int MOST_REASON_LINES = 4;
    private static final List<Integer> NUMERIC = List.of(3, 4, 5, 6, 7);
    private static final int CELL = 1;
    private static final int METRIC = 2;

    private final Colour colour;

    /**
     * Creates a table.
     *
     * @param colour whether colour repeats what the words say
     */
    public VerdictTable(final Colour colour) {
        this.colour = colour;
    }

    /**
     * Renders a report.
     *
     * @param report the report
     * @param place where the report is, as the user can open it; empty when it was not written
     * @return lines, each ending with a line break
     */
    public String render(final Report report, final String place) {
        final List<String> lines = new ArrayList<>();
        final Headline headline = Headline.of(report);
        final String word = headline.verdict().toUpperCase(Locale.ROOT);
        final List<String> first =
                Columns.wrap(word + "  " + headline.finding() + " " + headline.action(), WIDTH, "  ", "");
        lines.add(colour.paint(word, headline.tone()) + first.get(0).substring(word.length()));
        lines.addAll(first.subList(1, first.size()));
        findings(lines, report);
        cells(lines, report);
        close(lines, report, place);
        return lines.stream().map(line -> line.stripTrailing() + "\n").collect(Collectors.joining());
    }

    private void findings(final List<String> lines, final Report report) {
        final List<StageFinding> findings = StageFinding.of(report);
        if (!findings.isEmpty()) {
            lines.add("");
        }
        for (final StageFinding finding : findings.stream().limit(MOST_FINDINGS).toList()) {
            final String verdict = finding.verdict().label();
            final List<String> wrapped =
                    Columns.wrap(verdict + "  " + finding.adopter() + ", " + finding.summary(), WIDTH, "    ", "");
            lines.add(colour.paint(verdict, Tone.of(finding.verdict()))
                    + wrapped.get(0).substring(verdict.length()));
            lines.addAll(wrapped.subList(1, wrapped.size()));
            Columns.wrap(finding.sameIn(MOST_ALIKE), WIDTH - 4, "  ", "").stream()
                    .filter(line -> !line.isEmpty())
                    .forEach(line -> lines.add("    " + line));
            final List<String> details =
                    new ArrayList<>(finding.detail().lines().toList());
            for (final StageFinding.Tests tests : finding.tests()) {
                tests.tests().forEach(test -> details.addAll(inLines(tests.title(), test)));
            }
            details.stream()
                    .limit(MOST_LINES)
                    .flatMap(line -> Columns.wrap(line.stripTrailing(), WIDTH - 4, "  ", "").stream())
                    .forEach(line -> lines.add("    " + Columns.cutMiddle(line, WIDTH - 4)));
            if (details.size() > MOST_LINES) {
                lines.add("    and " + Numbers.counted(details.size() - MOST_LINES, "more line") + " in the report");
            }
        }
        if (findings.size() > MOST_FINDINGS) {
            lines.add("and " + Numbers.counted(findings.size() - MOST_FINDINGS, "more finding") + " in the report");
        }
    }

    private static List<String> inLines(final String title, final StageFinding.TestLine test) {
        final String name = title + " " + test.name();
        return test.message().isEmpty() ? List.of(name) : List.of(name, "  " + test.message());
    }

    private void cells(final List<String> lines, final Report report) {
        final List<CellRow> all = CellRow.of(report);
        if (all.isEmpty()) {
            return;
        }
        final boolean quietToo = all.size() <= MOST_QUIET;
        final List<CellRow> shown = all.stream()
                .filter(row -> quietToo || row.group() != CellRow.Group.QUIET)
                .limit(MOST_ROWS)
                .toList();
        lines.add("");
        if (!shown.isEmpty()) {
            table(lines, shown, new ShortNames(all));
        }
        if (shown.size() < all.size()) {
            final Set<CellRow> listed = new HashSet<>(shown);
            final Map<Verdict, Long> hidden = all.stream()
                    .filter(row -> !listed.contains(row))
                    .collect(Collectors.groupingBy(CellRow::verdict, TreeMap::new, Collectors.counting()));
            final String counts = hidden.entrySet().stream()
                    .map(entry -> entry.getValue() + " " + entry.getKey().label())
                    .collect(Collectors.joining(", "));
            lines.add("and " + Numbers.counted(all.size() - shown.size(), "more cell") + " in the report: " + counts);
        }
    }

    private void table(final List<String> lines, final List<CellRow> cells, final ShortNames names) {
        final List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("verdict", "cell", "metric", "a", "b", "change", CellRow.intervalTitle(cells), "pairs"));
        for (final CellRow cell : cells) {
            rows.add(List.of(
                    cell.verdict().label(),
                    names.of(cell),
                    cell.metric(),
                    cell.levelA(),
                    cell.levelB(),
                    cell.change(),
                    cell.interval(),
                    cell.pairs()));
        }
        final List<List<String>> fitted = fit(rows);
        for (int i = 0; i < fitted.size(); i++) {
            final String line = String.join("  ", fitted.get(i));
            if (i == 0) {
                lines.add(line);
                continue;
            }
            final CellRow cell = cells.get(i - 1);
            final String verdict = cell.verdict().label();
            lines.add(colour.paint(verdict, Tone.of(cell.verdict())) + line.substring(verdict.length()));
            if (!cell.reason().isEmpty() && cell.group() != CellRow.Group.QUIET) {
                Columns.wrap(cell.reason(), WIDTH - 4, "", "").stream()
                        .limit(MOST_REASON_LINES)
                        .forEach(part -> lines.add("    " + part));
            }
        }
    }

    /** Aligns the rows and gives the cell's name what width is left. */
    private static List<List<String>> fit(final List<List<String>> rows) {
        final List<List<String>> aligned = Columns.align(rows, NUMERIC);
        final int gaps = 2 * (aligned.get(0).size() - 1);
        final int metric = Math.min(10, Columns.width(aligned.get(0).get(METRIC)));
        int others = 0;
        for (int column = 0; column < aligned.get(0).size(); column++) {
            others += column == CELL ? 0 : Columns.width(aligned.get(0).get(column));
        }
        final int left = Math.max(16, WIDTH - gaps - others);
        final List<List<String>> cut = new ArrayList<>();
        for (final List<String> row : aligned) {
            final List<String> shorter = new ArrayList<>(row);
            shorter.set(CELL, Columns.cutMiddle(row.get(CELL).stripTrailing(), left));
            shorter.set(METRIC, Columns.cutMiddle(row.get(METRIC), metric));
            cut.add(shorter);
        }
        return Columns.align(cut, List.of());
    }

    private static void close(final List<String> lines, final Report report, final String place) {
        lines.add("");
        lines.addAll(Columns.wrap(Coverage.sentence(report.summary()) + ".", WIDTH, "  ", ""));
        lines.addAll(Columns.wrap(Trustworthiness.inOneLine(report.trust()) + ".", WIDTH, "  ", ""));
        report.notes().stream()
                .limit(5)
                .forEach(note -> lines.addAll(Columns.wrap("note: " + PlainText.line(note, 300), WIDTH, "  ", "")));
        if (!place.isEmpty()) {
            lines.add("report: " + PlainText.line(place, 1_000));
        }
        final String again = PlainText.line(report.experiment().reproduce(), 4_000);
        if (!again.isEmpty()) {
            lines.addAll(Columns.wrap("again:  " + again, WIDTH, "  ", " \\"));
        }
    }
}
