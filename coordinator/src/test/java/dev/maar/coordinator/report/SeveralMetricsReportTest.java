package dev.maar.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.job.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What each writer shows of a case of which several metrics were judged. */
final class SeveralMetricsReportTest {

    private final Report report = Samples.severalMetrics();

    @Test
    void theTerminalShowsTimeAndOfTheOthersWhatChanged() {
        assertThat(new VerdictTable(Colour.OFF).render(report, ""))
                .containsPattern("regressed +telemetry-hub +alloc ")
                .containsPattern("unchanged +telemetry-hub +time ")
                .doesNotContain(" cpu ")
                .doesNotContain(" p99 ")
                .contains("1 of 1 adopter decided (1 of 1 cell)");
    }

    @Test
    void theCommentShowsTheSameAndCountsTimeApart() {
        assertThat(new ReportMarkdown().write(report))
                .contains("| regressed |")
                .contains("`alloc, bytes/op`")
                .doesNotContain("`cpu")
                .doesNotContain("`p99")
                .contains("| regressed | 1 | 0 | 1 |\n")
                .contains("| unchanged | 0 | 1 | 1 |\n");
    }

    @Test
    void thePageShowsAllBesideTime() {
        assertThat(new ReportHtml().write(report))
                .contains("<b>alloc</b>")
                .contains("<b>cpu</b>")
                .contains("<b>p99</b>")
                .contains("start-up 312 → - ms, peak memory 98.0 MiB → 99.0 MiB")
                .contains("1 unchanged, alloc regressed");
    }

    @Test
    void jsonHasEveryCellAndSaysWhatIsCounted() throws Exception {
        final Report read = new ReportJson().read(new ReportJson().write(report));

        assertThat(read).isEqualTo(report);
        assertThat(read.adopters().get(0).cells())
                .extracting(AdopterReport.Cell::metric)
                .containsExactly("time", "alloc", "cpu", "p99");
        assertThat(read.summary().cells()).isEqualTo(1);
        assertThat(read.summary().cellCounts()).isEqualTo(Map.of(Verdict.UNCHANGED, 1));
        assertThat(read.summary().metricCounts().get("alloc")).isEqualTo(Map.of(Verdict.REGRESSED, 1));
    }

    @Test
    void junitHasNoEntryForWhatTellsNothing() {
        assertThat(new JunitXml().write(report))
                .contains(" alloc\"")
                .doesNotContain(" cpu\"")
                .contains("skipped=\"0\"");
    }
}
