package dev.maar.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.job.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ReportHtmlTest {

    private final ReportHtml html = new ReportHtml();

    @Test
    void thePageSaysThingsInTheOrderAMaintainerNeedsThem() {
        assertThat(html.write(Samples.troubled()))
                .containsSubsequence(
                        "4 of 6 adopters got worse",
                        "Do not merge",
                        "5 of 6 adopters decided (9 of 11 cells); 1 not, because: build error: no space left on device "
                                + "(metrics-bridge).",
                        "A/A control",
                        "<h2 id=\"summary\">",
                        "cannot find symbol",
                        "WakeUpTest#aParkedWorkerIsWokenByOneMessage",
                        "Measurements that changed",
                        "Measurements that are not decided",
                        "24 more pairs, about 80 s, would decide",
                        "Measurements without a change",
                        "<h2 id=\"adopters\">",
                        "./maar run --a v1.4.0",
                        "4503599627",
                        "Example CPU 2.4 GHz");
    }

    @Test
    void everyCellShowsItsNumbersAndItsPairs() {
        final Report report = Samples.troubled();
        final String page = html.write(report);
        final List<CellRow> rows = CellRow.of(report).stream()
                .sorted(Comparator.comparing(CellRow::group))
                .toList();

        final List<MatchResult> shown = Pattern.compile(
                        "<tr><th scope=\"row\">(?:(?!</tr>).)*data-n=\"a\".*?</tr>", Pattern.DOTALL)
                .matcher(page)
                .results()
                .toList();
        assertThat(shown).hasSameSizeAs(rows);
        for (int i = 0; i < rows.size(); i++) {
            final CellRow row = rows.get(i);
            assertThat(shown.get(i).group())
                    .containsSubsequence(
                            ">" + row.verdict().label() + "<",
                            row.adopter(),
                            row.jig(),
                            "data-n=\"a\">" + row.levelA() + "<",
                            "data-n=\"b\">" + row.levelB() + "<",
                            "data-n=\"change\">" + row.change() + "<",
                            "data-n=\"interval\">" + row.interval() + "<",
                            "data-n=\"threshold\">" + row.threshold() + "<",
                            "data-n=\"pairs\">" + row.pairs() + "<");
            final long dots = Pattern.compile("h0")
                    .matcher(shown.get(i).group())
                    .results()
                    .count();
            assertThat(dots).isEqualTo(row.cell().pairsEffects().size());
        }
    }

    @Test
    void thePageNeedsNothingFromOutside() {
        for (final Report report : List.of(Samples.troubled(), Samples.hostile())) {
            final String page = html.write(report);

            assertThat(page).doesNotContainPattern("(?i)<(?:link|img|iframe|object|embed|base|form)\\b");
            assertThat(page).doesNotContainPattern("(?i)\\b(?:src|srcset|action|poster)=\"");
            assertThat(page).doesNotContainPattern("(?i)url\\(|@import");
            assertThat(Pattern.compile("href=\"([^\"]*)\"")
                            .matcher(page)
                            .results()
                            .map(match -> match.group(1)))
                    .allSatisfy(link -> assertThat(link).matches("report\\.json|logs/[a-z-]+\\.log"));
            assertThat(page.split("<script", -1)).hasSize(2);
        }
    }

    @Test
    void nothingInATextIsObeyed() {
        final String page = html.write(Samples.hostile());

        assertThat(page)
                .contains("&lt;script&gt;")
                .doesNotContain("<script>alert")
                .doesNotContain("javascript:alert(1)\"")
                .doesNotContain("\u001b")
                .doesNotContain("\u202e")
                .doesNotContain("\u0000")
                .doesNotContain("NaN")
                .doesNotContain("Infinity");
        assertThat(page).hasSizeLessThan(100_000);
    }

    @Test
    void unchangedCellsAreFoldedOnlyWhenThereAreMany() {
        assertThat(html.write(Samples.unchanged()))
                .contains("Measurements without a change <span class=\"muted\">16 cells");
        assertThat(html.write(Samples.large(1, 3))).contains("<h2>Measurements without a change</h2>");
    }

    @Test
    void aLargeReportStaysSmall() {
        final String page = html.write(Samples.large(200, 5));

        assertThat(page.length() / 1_000).as("characters a cell").isLessThan(1_000);
    }

    @Test
    void aWildPairSitsAtTheEdgeAndIsSaid() {
        final AdopterReport.Cell cell = Samples.cell("hot", "shm", 64, Verdict.UNCHANGED, 1.001, 0, "");
        final List<Double> effects = List.of(0.01, -0.01, 0.0, 0.005, 0.01, -0.02, 0.01, 0.01, 0.0, 2.3);
        final StripPlot plot = StripPlot.of(with(cell, effects));

        assertThat(plot.dots()).startsWith("M").endsWith("M194 27h0");
        assertThat(plot.label()).isEqualTo("10 pairs, -2.0 to +897.4 %; threshold 3.0 %; 1 beyond the edge");
        assertThat(Double.parseDouble(plot.minus())).isBetween(6.0, 100.0);
        assertThat(Double.parseDouble(plot.plus())).isEqualTo(200 - Double.parseDouble(plot.minus()));
    }

    private static AdopterReport.Cell with(final AdopterReport.Cell cell, final List<Double> effects) {
        return new AdopterReport.Cell(
                cell.jig(),
                cell.setting(),
                cell.metric(),
                cell.unit(),
                cell.a(),
                cell.b(),
                cell.ratio(),
                cell.low(),
                cell.high(),
                cell.confidence(),
                cell.p(),
                cell.q(),
                cell.threshold(),
                cell.thresholdSource(),
                effects.size(),
                cell.agents(),
                cell.verdict(),
                cell.checksumA(),
                cell.checksumB(),
                cell.raw(),
                cell.profile(),
                cell.reproduce(),
                cell.reason(),
                effects);
    }
}
