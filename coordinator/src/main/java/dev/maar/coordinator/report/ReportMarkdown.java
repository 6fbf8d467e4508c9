package dev.maar.coordinator.report;

import dev.maar.agent.job.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes {@code report.md}, which fits a pull-request comment. Thread-safe.
 *
 * <p>It never has more than {@value #LIMIT} characters. The rule by which it is cut: sections come in the order of what a reader
 * must know first (verdict, coverage, trust, builds and tests, changed cells, undecided cells, counts, how to reproduce), each row
 * is kept whole or left out, a section stops at its first row that does not fit its share, and then says how many rows are only
 * in {@code report.html}.
 */
public final class ReportMarkdown implements ReportWriter {

    /** The most characters it has; GitHub takes 65,536. */
    public static final int LIMIT = 65_000;

    /** What is kept free for the sections that close the report. */
    private static final int TAIL = 6_000;

    private static final int NAME = 80;
    private static final int MOST_TESTS = 10;
    private static final int MOST_ALIKE = 20;
    private static final int MOST_UNDECIDED = 10;

    @Override
    public String fileName() {
        return "report.md";
    }

    @Override
    public String write(final Report report) {
        final StringBuilder text = new StringBuilder();
        head(text, report);
        final List<String> findings =
                StageFinding.of(report).stream().map(ReportMarkdown::finding).toList();
        final List<CellRow> cells = CellRow.of(report);
        final int most = LIMIT - TAIL;
        rows(text, "### Builds and tests\n\n", findings, most * 6 / 10);
        cells(text, "### Measurements that changed\n\n", cells, CellRow.Group.CHANGED, most * 9 / 10);
        cells(text, "### Measurements that are not decided\n\n", cells, CellRow.Group.UNDECIDED, most);
        tail(text, report);
        return text.length() <= LIMIT ? text.toString() : text.substring(0, LIMIT);
    }

    private static void head(final StringBuilder text, final Report report) {
        final Headline headline = Headline.of(report);
        final Report.Experiment experiment = report.experiment();
        text.append("**Maar: ").append(headline.verdict()).append(".** ");
        text.append(Markdown.prose(headline.finding(), 500)).append(' ');
        text.append("**").append(Markdown.prose(headline.action(), 300)).append("**\n\n");
        text.append(Markdown.code(experiment.subject(), NAME))
                .append(" from ")
                .append(Markdown.code(experiment.a().spec(), 200))
                .append(" to ")
                .append(Markdown.code(experiment.b().spec(), 200))
                .append(". ");
        text.append(Markdown.prose(Coverage.sentence(report.summary()), 600)).append(".\n\n");
        if (report.summary().undecided().size() > 1) {
            final List<Report.Undecided> groups = report.summary().undecided();
            for (final Report.Undecided group : groups.subList(0, Math.min(MOST_UNDECIDED, groups.size()))) {
                text.append("- not decided, ")
                        .append(Markdown.prose(group.reason(), 200))
                        .append(": ");
                text.append(names(group.adopters(), 5)).append('\n');
            }
            text.append('\n');
        }
        text.append("Trust: ").append(Trustworthiness.inOneLine(report.trust())).append(".\n\n");
        for (final String note : report.notes().stream().limit(5).toList()) {
            text.append("Note: ").append(Markdown.prose(note, 300)).append("\n\n");
        }
    }

    private static void tail(final StringBuilder text, final Report report) {
        if (!report.summary().counts().isEmpty()) {
            text.append(
                    "### Counts\n\n| verdict | adopters | cells (time) | cells (other metrics) |\n|---|--:|--:|--:|\n");
            for (final Verdict verdict : Verdict.values()) {
                final int adopters = report.summary().counts().getOrDefault(verdict, 0);
                final int cells = report.summary().cellCounts().getOrDefault(verdict, 0);
                final int others = Summaries.ofOtherMetrics(report.summary(), verdict);
                if (adopters + cells + others > 0) {
                    text.append("| ")
                            .append(verdict.label())
                            .append(" | ")
                            .append(adopters)
                            .append(" | ");
                    text.append(cells).append(" | ").append(others).append(" |\n");
                }
            }
            text.append('\n');
        }
        final Report.Experiment experiment = report.experiment();
        text.append("### Again\n")
                .append(Markdown.block(experiment.reproduce(), 2_000))
                .append('\n');
        text.append("Experiment ").append(Markdown.code(experiment.id(), NAME));
        text.append(", budget ").append(Markdown.code(experiment.budget(), NAME));
        text.append(", seed ").append(experiment.seed()).append("; every number is in `report.json`.\n");
    }

    private static String finding(final StageFinding finding) {
        final StringBuilder text = new StringBuilder();
        text.append("**").append(finding.verdict().label()).append("** ");
        text.append(Markdown.code(finding.adopter(), NAME)).append(' ');
        text.append(Markdown.prose(finding.summary(), 200)).append('\n');
        if (!finding.alike().isEmpty()) {
            text.append("\nThe same in ")
                    .append(names(finding.alike(), MOST_ALIKE))
                    .append(".\n");
        }
        if (!finding.detail().isEmpty()) {
            text.append(Markdown.block(finding.detail(), 2_000));
        }
        for (final StageFinding.Tests tests : finding.tests()) {
            text.append('\n');
            for (final StageFinding.TestLine test :
                    tests.tests().stream().limit(MOST_TESTS).toList()) {
                text.append("- ").append(tests.title()).append(' ').append(Markdown.code(test.name(), 200));
                text.append(test.message().isEmpty() ? "" : ": " + Markdown.code(test.message(), 200));
                text.append('\n');
            }
            final int more = tests.more() + Math.max(0, tests.tests().size() - MOST_TESTS);
            text.append(more > 0 ? "- and " + more + " more " + tests.title() + "\n" : "");
        }
        return text.append('\n').toString();
    }

    private static void cells(
            final StringBuilder text,
            final String title,
            final List<CellRow> all,
            final CellRow.Group group,
            final int most) {
        final List<CellRow> rows =
                all.stream().filter(row -> row.group() == group).toList();
        final String table = "| verdict | cell | metric | a | b | change | " + CellRow.intervalTitle(rows)
                + " | threshold | pairs |\n|---|---|---|--:|--:|--:|--:|--:|--:|\n";
        rows(text, title + table, rows.stream().map(ReportMarkdown::row).toList(), most);
    }

    private static String row(final CellRow row) {
        final List<String> columns = new ArrayList<>();
        columns.add(row.verdict().label());
        final String reason = row.reason().isEmpty() ? "" : " " + Markdown.prose(row.reason(), 160);
        columns.add(Markdown.code(row.adopter() + "/" + row.jig() + "/" + row.caseId(), 160) + reason);
        columns.add(Markdown.code(row.metric() + ", " + row.unit(), 40));
        columns.addAll(List.of(row.levelA(), row.levelB()));
        columns.add(row.verdict() == Verdict.UNCHANGED ? row.change() : "**" + row.change() + "**");
        columns.addAll(List.of(row.interval(), row.threshold(), row.pairs()));
        return "| " + String.join(" | ", columns) + " |\n";
    }

    /** Adds a section, as many of its rows as fit, and how many do not. */
    private static void rows(final StringBuilder text, final String title, final List<String> rows, final int most) {
        if (rows.isEmpty()) {
            return;
        }
        text.append(title);
        int shown = 0;
        while (shown < rows.size() && text.length() + rows.get(shown).length() <= most) {
            text.append(rows.get(shown));
            shown++;
        }
        if (shown < rows.size()) {
            text.append("\n").append(rows.size() - shown).append(" more are in `report.html`.\n");
        }
        text.append('\n');
    }

    private static String names(final List<String> names, final int most) {
        final String shown = names.stream()
                .limit(most)
                .map(name -> Markdown.code(name, NAME))
                .collect(Collectors.joining(", "));
        return names.size() > most ? shown + " and " + (names.size() - most) + " more" : shown;
    }
}
