package dev.maar.coordinator.report;

import dev.maar.agent.job.StageStatus;
import dev.maar.agent.job.Verdict;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What the HTML templates ask of a report: texts in the order of the page, clean but not yet escaped. Immutable. */
final class ReportPage {

    /** Up to so many unchanged cells, or adopters, are shown unfolded. */
    private static final int FOLDED_ABOVE = 12;

    private static final int TEXT = 200;
    private static final int COMMAND = 4_000;
    private static final Pattern LINKABLE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._/-]*");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT);

    private final Report report;
    private final List<CellRow> cells;

    ReportPage(final Report report) {
        this.report = report;
        this.cells = CellRow.of(report);
    }

    /** A row of two texts. */
    record Fact(String name, String value) {}

    /** How many adopters, cells of time and cells of other metrics have a verdict, and how far the cells of time changed. */
    record Count(Verdict verdict, String adopters, String cells, String others, String changes) {}

    /** A table of cells; a quiet one asks for nothing. */
    record CellTable(String title, String note, List<CellRow> rows, boolean quiet, boolean folded) {
        /** Copies the list. */
        CellTable {
            rows = List.copyOf(rows);
        }

        String intervalTitle() {
            return CellRow.intervalTitle(rows);
        }
    }

    /** One adopter in one row. */
    record AdopterRow(String name, Verdict verdict, String build, String tests, String cells, String owners) {}

    /** One side, column by column. */
    record SideFact(String name, String a, String b) {}

    Headline headline() {
        return Headline.of(report);
    }

    String title() {
        return "Maar: " + clean(report.experiment().subject()) + ", "
                + headline().verdict();
    }

    String subject() {
        return clean(report.experiment().subject());
    }

    String sideA() {
        return side(report.experiment().a());
    }

    String sideB() {
        return side(report.experiment().b());
    }

    private String side(final Report.Side side) {
        final List<String> more = new ArrayList<>();
        if (!side.commit().isEmpty() && !side.spec().contains(side.commit())) {
            more.add(side.commit().substring(0, Math.min(12, side.commit().length())));
        }
        if (side.dirty()) {
            more.add("with uncommitted changes");
        }
        return clean(side.spec() + (more.isEmpty() ? "" : " (" + String.join(", ", more) + ")"));
    }

    String when() {
        final Report.Experiment experiment = report.experiment();
        final Duration took = Duration.between(experiment.startedAt(), experiment.finishedAt());
        return TIME.format(experiment.startedAt().atOffset(ZoneOffset.UTC)) + ", took " + inWords(took);
    }

    String coverage() {
        final List<Report.Undecided> groups = report.summary().undecided();
        final String who = groups.size() == 1 ? " (" + names(groups.get(0).adopters(), 20) + ")" : "";
        return Coverage.sentence(report.summary()) + who + ".";
    }

    /** The reasons with their adopters, when there are several; one reason stands in the sentence. */
    List<Fact> undecided() {
        if (report.summary().undecided().size() < 2) {
            return List.of();
        }
        return report.summary().undecided().stream()
                .map(group -> new Fact(PlainText.line(group.reason(), 400), names(group.adopters(), 20)))
                .toList();
    }

    Trustworthiness trust() {
        return Trustworthiness.of(report.trust());
    }

    List<Count> counts() {
        final List<Count> counts = new ArrayList<>();
        for (final Verdict verdict : Verdict.values()) {
            final int adopters = report.summary().counts().getOrDefault(verdict, 0);
            final int some = report.summary().cellCounts().getOrDefault(verdict, 0);
            final int others = Summaries.ofOtherMetrics(report.summary(), verdict);
            if (adopters + some + others > 0) {
                counts.add(new Count(
                        verdict,
                        Numbers.fixed(adopters, 0),
                        some == 0 ? "" : Numbers.fixed(some, 0),
                        others == 0 ? "" : Numbers.fixed(others, 0),
                        changes(verdict)));
            }
        }
        return counts;
    }

    List<StageFinding> findings() {
        return StageFinding.of(report);
    }

    List<CellTable> cellTables() {
        final List<CellTable> tables = new ArrayList<>();
        add(tables, CellRow.Group.CHANGED, "Measurements that changed", "the worst first");
        add(
                tables,
                CellRow.Group.UNDECIDED,
                "Measurements that are not decided",
                "none of these is a regression, and none is known not to be one");
        add(tables, CellRow.Group.QUIET, "Measurements without a change", "the interval lies inside the threshold");
        return tables;
    }

    StripPlot plot(final CellRow row) {
        return StripPlot.of(row.cell());
    }

    List<AdopterRow> adopters() {
        return report.adopters().stream()
                .sorted(Comparator.comparing(AdopterReport::verdict))
                .map(adopter -> new AdopterRow(
                        clean(adopter.name()),
                        adopter.verdict(),
                        both(
                                built(adopter.build().a(), adopter.build().reusedA()),
                                built(adopter.build().b(), adopter.build().reusedB())),
                        both(tests(adopter.test().a()), tests(adopter.test().b())),
                        cells(adopter),
                        names(adopter.owners(), 5)))
                .toList();
    }

    private String built(final StageStatus status, final String reused) {
        return reused.isEmpty() ? status.label() : status.label() + " (" + clean(reused) + ")";
    }

    boolean adoptersFolded() {
        return report.adopters().size() > FOLDED_ABOVE;
    }

    List<SideFact> sides() {
        final Report.Side a = report.experiment().a();
        final Report.Side b = report.experiment().b();
        final List<SideFact> facts = new ArrayList<>();
        add(facts, "side", a.spec(), b.spec());
        add(
                facts,
                "commit",
                a.commit() + (a.dirty() ? ", with uncommitted changes" : ""),
                b.commit() + (b.dirty() ? ", with uncommitted changes" : ""));
        add(facts, "version", a.version(), b.version());
        add(facts, "tree", a.tree(), b.tree());
        add(facts, "artifact SHA-256", a.artifactSha256(), b.artifactSha256());
        add(facts, "artifact bytes", bytes(a), bytes(b));
        add(facts, "JDK", a.jdk(), b.jdk());
        add(facts, "JVM flags", String.join(" ", a.jvmArgs()), String.join(" ", b.jvmArgs()));
        add(facts, "environment", pairs(a), pairs(b));
        add(facts, "patches", String.join(" ", a.patches()), String.join(" ", b.patches()));
        return facts;
    }

    List<Report.Agent> agents() {
        return report.agents();
    }

    String memory(final Report.Agent agent) {
        return Numbers.memory(agent.memoryBytes()).equals(Numbers.ABSENT)
                ? "memory not known"
                : Numbers.memory(agent.memoryBytes());
    }

    String jdks(final Report.Agent agent) {
        return agent.jdks().isEmpty() ? "no JDK named" : names(agent.jdks(), 10);
    }

    String jobs(final Report.Agent agent) {
        return Numbers.counted(agent.jobs(), "job");
    }

    List<Fact> method() {
        final Report.Experiment experiment = report.experiment();
        final List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("experiment", clean(experiment.id())));
        facts.add(new Fact("seed", String.valueOf(experiment.seed())));
        facts.add(new Fact("budget", clean(experiment.budget())));
        facts.add(new Fact(
                "stages",
                String.join(
                        ", ",
                        experiment.stages().stream().map(stage -> stage.label()).toList())));
        report.settings().forEach((name, value) -> facts.add(new Fact(clean(name), PlainText.line(value, 400))));
        return facts;
    }

    List<String> notes() {
        return report.notes().stream().map(note -> PlainText.line(note, 600)).toList();
    }

    String reproduce() {
        return PlainText.line(report.experiment().reproduce(), COMMAND);
    }

    /** Whether a path of the report may become a link: relative, and nothing that a browser could take for a program. */
    boolean isLinkable(final String path) {
        return LINKABLE.matcher(path).matches();
    }

    String clean(final String text) {
        return PlainText.line(text, TEXT);
    }

    private void add(final List<CellTable> tables, final CellRow.Group group, final String title, final String note) {
        final List<CellRow> rows =
                cells.stream().filter(row -> row.group() == group).toList();
        if (!rows.isEmpty()) {
            final boolean quiet = group == CellRow.Group.QUIET;
            tables.add(new CellTable(title, note, rows, quiet, quiet && rows.size() > FOLDED_ABOVE));
        }
    }

    private void add(final List<SideFact> facts, final String name, final String a, final String b) {
        if (!a.isBlank() || !b.isBlank()) {
            facts.add(new SideFact(name, dashed(PlainText.line(a, 1_000)), dashed(PlainText.line(b, 1_000))));
        }
    }

    private String changes(final Verdict verdict) {
        final double[] ratios = cells.stream()
                .filter(row -> row.verdict() == verdict && row.cell().ofPrimaryMetric())
                .mapToDouble(row -> row.cell().ratio())
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (ratios.length == 0) {
            return "";
        }
        final String least = Numbers.change(ratios[0]);
        final double most = ratios[ratios.length - 1];
        return least.equals(Numbers.change(most)) ? least : Numbers.interval(ratios[0], most);
    }

    private static String cells(final AdopterReport adopter) {
        if (adopter.cells().isEmpty()) {
            return Numbers.ABSENT;
        }
        final List<String> counts = new ArrayList<>();
        for (final Verdict verdict : Verdict.values()) {
            final long count = adopter.cells().stream()
                    .filter(cell -> cell.ofPrimaryMetric() && cell.verdict() == verdict)
                    .count();
            if (count > 0) {
                counts.add(count + " " + verdict.label());
            }
        }
        adopter.cells().stream()
                .filter(cell -> cell.tells() && !cell.ofPrimaryMetric())
                .map(cell ->
                        PlainText.line(cell.metric(), 20) + " " + cell.verdict().label())
                .distinct()
                .forEach(counts::add);
        return String.join(", ", counts);
    }

    private static String tests(final AdopterReport.Counts counts) {
        return counts.equals(AdopterReport.Counts.NONE) ? Numbers.ABSENT : StageFinding.inWords(counts);
    }

    private static String both(final String a, final String b) {
        return a.equals(b) ? a : a + " → " + b;
    }

    private static String names(final List<String> names, final int most) {
        final String shown = String.join(
                ", ",
                names.stream().limit(most).map(name -> PlainText.line(name, 80)).toList());
        return names.size() > most ? shown + " and " + (names.size() - most) + " more" : shown;
    }

    private static String pairs(final Report.Side side) {
        return String.join(
                " ",
                side.env().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList());
    }

    private static String bytes(final Report.Side side) {
        return side.artifactBytes() <= 0 ? "" : Numbers.fixed(side.artifactBytes(), 0);
    }

    private static String dashed(final String text) {
        return text.isEmpty() ? Numbers.ABSENT : text;
    }

    private static String inWords(final Duration took) {
        final Duration whole = took.isNegative() ? Duration.ZERO : took.truncatedTo(ChronoUnit.SECONDS);
        if (whole.toHours() > 0) {
            return whole.toHours() + " h " + whole.toMinutesPart() + " min";
        }
        return whole.toMinutes() > 0
                ? whole.toMinutes() + " min " + whole.toSecondsPart() + " s"
                : whole.toSeconds() + " s";
    }
}
