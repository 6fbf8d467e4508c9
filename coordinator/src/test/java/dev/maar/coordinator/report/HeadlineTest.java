package dev.maar.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.job.StageStatus;
import dev.maar.agent.job.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class HeadlineTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MISMATCH|1 of 2 adopters got worse: hub.|Do not merge: the sides do not produce the same thing.|BAD",
                "REGRESSED|1 of 2 adopters got worse: hub.|Look at these before merging.|BAD",
                "BROKEN|1 of 2 adopters got worse: hub.|Look at these before merging.|BAD",
                "ERROR|No verdict for 1 of 2 adopters (hub): errors.|Mend what failed, listed below, and run it again.|CAUTION",
                "SUSPECT|Nothing is confirmed, but 1 of 2 adopters (hub) may have changed.|Measure those again before relying on "
                        + "this.|CAUTION",
                "INCONCLUSIVE|Nothing regressed where it could be told; too noisy to tell for 1 of 2 adopters (hub).|Give it a "
                        + "larger budget or a quieter machine to decide the rest.|CAUTION",
                "UNCHANGED|Nothing regressed: all 2 adopters unchanged.|Nothing to do.|GOOD",
                "IMPROVED|Nothing regressed; 1 of 2 adopters (hub) got better.|Nothing to do.|GOOD",
            })
    void everyVerdictSaysWhatWasFoundAndWhatToDo(
            final Verdict verdict, final String finding, final String action, final Tone tone) {
        assertThat(Headline.of(report(verdict))).isEqualTo(new Headline(verdict.label(), finding, action, tone));
    }

    @ParameterizedTest
    @EnumSource(Verdict.class)
    void onlyWhatNeedsNothingSaysNothingToDo(final Verdict verdict) {
        final Headline headline = Headline.of(report(verdict));

        assertThat(headline.finding()).isNotBlank();
        assertThat(headline.action().startsWith("Nothing to do"))
                .isEqualTo(!List.of(
                                Verdict.MISMATCH,
                                Verdict.REGRESSED,
                                Verdict.BROKEN,
                                Verdict.ERROR,
                                Verdict.SUSPECT,
                                Verdict.INCONCLUSIVE)
                        .contains(verdict));
    }

    @Test
    void aGoodVerdictOverAdoptersThatWereNotJudgedIsNotGreen() {
        final Headline headline = Headline.of(report(Verdict.SKIPPED));

        assertThat(headline.finding()).isEqualTo("Nothing regressed: 1 of 2 adopters (relay) unchanged.");
        assertThat(headline.action()).isEqualTo("Nothing to do for what was judged; 1 adopter not decided, see below.");
        assertThat(headline.tone()).isEqualTo(Tone.CAUTION);
    }

    @Test
    void anEmptyReportIsNotGreen() {
        final Headline headline = Headline.of(Samples.report(List.of(), Samples.trust(0, 0, 0, 0), List.of()));

        assertThat(headline.verdict()).isEqualTo("skipped");
        assertThat(headline.finding()).isEqualTo("Nothing was judged.");
        assertThat(headline.tone()).isEqualTo(Tone.CAUTION);
    }

    @Test
    void aControlThatFailedIsNeverGreen() {
        final Headline flagged =
                Headline.of(Samples.report(report(Verdict.UNCHANGED).adopters(), Samples.trust(2, 1, 1, 1), List.of()));
        final Headline missed =
                Headline.of(Samples.report(report(Verdict.UNCHANGED).adopters(), Samples.trust(2, 0, 1, 0), List.of()));

        assertThat(flagged.action()).startsWith("A control failed, so no timing here can be trusted");
        assertThat(missed.action()).startsWith("A known slowdown was missed, so this run can not see changes");
        assertThat(List.of(flagged.tone(), missed.tone())).containsOnly(Tone.CAUTION);
    }

    @Test
    void anAbortedOrFailedExperimentIsNeverGreen() {
        final Headline aborted = Headline.of(Samples.withStatus(report(Verdict.UNCHANGED), Report.Status.ABORTED));
        final Headline failed = Headline.of(Samples.withStatus(report(Verdict.UNCHANGED), Report.Status.FAILED));

        assertThat(aborted.finding()).startsWith("Stopped early. Until then: Nothing regressed");
        assertThat(aborted.tone()).isEqualTo(Tone.CAUTION);
        assertThat(failed.finding()).isEqualTo("The experiment failed and has no verdict.");
        assertThat(failed.tone()).isEqualTo(Tone.CAUTION);
        assertThat(Headline.of(Samples.withStatus(report(Verdict.REGRESSED), Report.Status.ABORTED))
                        .tone())
                .isEqualTo(Tone.BAD);
    }

    @Test
    void summariesCountAndSayWhatIsNotDecidedAndWhy() {
        final Report.Summary summary = Samples.troubled().summary();

        assertThat(summary.verdict()).isEqualTo(Verdict.MISMATCH);
        assertThat(summary.adopters()).isEqualTo(6);
        assertThat(summary.counts())
                .containsOnly(
                        Map.entry(Verdict.MISMATCH, 1),
                        Map.entry(Verdict.REGRESSED, 3),
                        Map.entry(Verdict.ERROR, 1),
                        Map.entry(Verdict.UNCHANGED, 1));
        assertThat(summary.decided()).isEqualTo(5);
        assertThat(summary.undecided())
                .containsExactly(
                        new Report.Undecided("build error: no space left on device", List.of("metrics-bridge")));
        assertThat(summary.cells()).isEqualTo(11);
        assertThat(summary.cellsDecided()).isEqualTo(9);
    }

    @Test
    void adoptersThatShareAReasonAreGrouped() {
        final List<AdopterReport> adopters = List.of(
                noisy("one"),
                noisy("two"),
                new AdopterReport(
                        "three",
                        Verdict.SKIPPED,
                        List.of(),
                        List.of(),
                        new AdopterReport.Build(
                                StageStatus.SKIPPED,
                                StageStatus.SKIPPED,
                                Verdict.SKIPPED,
                                "stopped before its turn",
                                "",
                                ""),
                        AdopterReport.Test.skipped(""),
                        List.of()));

        assertThat(Summaries.of(adopters).undecided())
                .containsExactly(
                        new Report.Undecided("measurements inconclusive", List.of("one", "two")),
                        new Report.Undecided("build skipped: stopped before its turn", List.of("three")));
        assertThat(Coverage.sentence(Summaries.of(adopters)))
                .isEqualTo(
                        "0 of 3 adopters decided (0 of 2 cells); 3 not, because: measurements inconclusive (2); build skipped: stopped before its turn (1)");
    }

    private static AdopterReport noisy(final String name) {
        return Samples.adopter(
                name,
                Verdict.INCONCLUSIVE,
                List.of(Samples.cell("hot", "shm", 64, Verdict.INCONCLUSIVE, 1.01, 16, name + " needs more pairs")));
    }

    private static Report report(final Verdict verdict) {
        return Samples.report(
                List.of(
                        Samples.adopter("hub", verdict, List.of()),
                        Samples.adopter("relay", Verdict.UNCHANGED, List.of())),
                Samples.trust(1, 0, 1, 1),
                List.of());
    }
}
