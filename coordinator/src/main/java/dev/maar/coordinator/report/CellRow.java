package dev.maar.coordinator.report;

import dev.maar.agent.job.Verdict;
import java.util.Comparator;
import java.util.List;

/**
 * A cell as it is shown: every number already a text, the same in every writer.
 *
 * @param adopter the adopter's name
 * @param cell the cell
 * @param levelA side a's median, or {@value Numbers#ABSENT}
 * @param levelB side b's, with as many decimals
 * @param change the estimate as a change
 * @param interval its interval
 * @param threshold the practical threshold
 * @param beside the other metrics of the same case, beside a row of the primary one
 * @param footprint what the case's forks need beside time, beside a row of the primary metric; empty when that is not known
 */
record CellRow(
        String adopter,
        AdopterReport.Cell cell,
        String levelA,
        String levelB,
        String change,
        String interval,
        String threshold,
        List<CellRow> beside,
        String footprint) {

    /** Copies the list. */
    CellRow {
        beside = List.copyOf(beside);
    }

    private static final int NAME_LENGTH = 80;

    /** What a reader does with a cell. */
    enum Group {
        /** Acts on it. */
        CHANGED,
        /** Measures it again, or mends it. */
        UNDECIDED,
        /** Nothing. */
        QUIET;

        static Group of(final Verdict verdict) {
            return switch (verdict) {
                case MISMATCH, REGRESSED, BROKEN, STILL_FAILING, FIXED, IMPROVED -> CHANGED;
                case ERROR, SUSPECT, FLAKY, INCONCLUSIVE -> UNDECIDED;
                case UNCHANGED, SKIPPED -> QUIET;
            };
        }
    }

    /**
     * The cells of a report that tell something, the worst first, then the largest change first.
     *
     * @param report the report
     * @return the rows
     */
    static List<CellRow> of(final Report report) {
        return report.adopters().stream()
                .flatMap(adopter -> adopter.cells().stream()
                        .filter(AdopterReport.Cell::tells)
                        .map(cell -> of(adopter.name(), cell, beside(adopter, cell), footprint(adopter, cell))))
                .sorted(Comparator.<CellRow, Verdict>comparing(CellRow::verdict)
                        .thenComparing(Comparator.comparingDouble(CellRow::size).reversed()))
                .toList();
    }

    /**
     * One cell.
     *
     * @param adopter the adopter's name
     * @param cell the cell
     * @return the row
     */
    static CellRow of(final String adopter, final AdopterReport.Cell cell) {
        return of(adopter, cell, List.of(), "");
    }

    private static String footprint(final AdopterReport adopter, final AdopterReport.Cell cell) {
        return adopter.footprints().stream()
                .filter(footprint -> cell.ofPrimaryMetric()
                        && footprint.jig().equals(cell.jig())
                        && footprint.setting().equals(cell.setting()))
                .findFirst()
                .map(footprint -> inWords(footprint.a(), footprint.b()))
                .orElse("");
    }

    private static String inWords(final AdopterReport.Need a, final AdopterReport.Need b) {
        return "start-up " + Numbers.fixed(a.startUpMillis(), 0) + " → " + Numbers.fixed(b.startUpMillis(), 0)
                + " ms, peak memory " + Numbers.mebibytes(a.peakMemoryBytes()) + " → "
                + Numbers.mebibytes(b.peakMemoryBytes());
    }

    private static List<CellRow> beside(final AdopterReport adopter, final AdopterReport.Cell cell) {
        return adopter.cells().stream()
                .filter(other -> cell.ofPrimaryMetric()
                        && !other.ofPrimaryMetric()
                        && other.jig().equals(cell.jig())
                        && other.setting().equals(cell.setting()))
                .map(other -> of(adopter.name(), other))
                .toList();
    }

    private static CellRow of(
            final String adopter, final AdopterReport.Cell cell, final List<CellRow> beside, final String footprint) {
        final int decimals = Math.min(
                Numbers.decimals(cell.a().median()), Numbers.decimals(cell.b().median()));
        return new CellRow(
                PlainText.line(adopter, NAME_LENGTH),
                cell,
                Numbers.fixed(cell.a().median(), decimals),
                Numbers.fixed(cell.b().median(), decimals),
                Numbers.change(cell.ratio()),
                Numbers.interval(cell.low(), cell.high()),
                Numbers.percent(cell.threshold()),
                beside,
                footprint);
    }

    /**
     * The title of a column of intervals.
     *
     * @param rows the rows below it
     * @return for example {@code 90 % interval}
     */
    static String intervalTitle(final List<CellRow> rows) {
        return rows.stream()
                .mapToDouble(row -> row.cell().confidence())
                .filter(Double::isFinite)
                .mapToObj(confidence -> Numbers.fixed(confidence * 100, 0) + " % interval")
                .findFirst()
                .orElse("interval");
    }

    Verdict verdict() {
        return cell.verdict();
    }

    Group group() {
        return Group.of(cell.verdict());
    }

    String jig() {
        return PlainText.line(cell.jig(), NAME_LENGTH);
    }

    String caseId() {
        return PlainText.line(cell.caseId(), 2 * NAME_LENGTH);
    }

    /** The case as people read it. */
    String caseInWords() {
        return caseId().replace(",", ", ").replace("=", " ");
    }

    String metric() {
        return PlainText.line(cell.metric(), 20);
    }

    String unit() {
        return PlainText.line(cell.unit(), 20);
    }

    String reason() {
        return PlainText.line(cell.reason(), 400);
    }

    String reproduce() {
        return PlainText.line(cell.reproduce(), 1_000);
    }

    String pairs() {
        return cell.pairs() == 0 ? Numbers.ABSENT : Numbers.fixed(cell.pairs(), 0);
    }

    private double size() {
        final double size = Math.abs(Math.log(cell.ratio()));
        return Double.isNaN(size) ? 0 : size;
    }
}
