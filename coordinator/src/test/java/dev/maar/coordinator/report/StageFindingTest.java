package dev.maar.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Builds that fail of the same are one finding, wherever they do. */
final class StageFindingTest {

    private static final String GONE = "cannot find symbol: symbol method gone(), location ";

    private static final Report REPORT = Samples.report(
            List.of(
                    Samples.buildRegression("first", "Feed.java:[42,31] " + GONE + "variable hub of type tiny.Lib"),
                    Samples.buildRegression("other", "Feed.java:[42,31] cannot find symbol: symbol class Gone"),
                    Samples.buildRegression(
                            "second",
                            "Api.java:[7] " + GONE + "variable it of type tiny.Lib\nUse.java:[8] " + GONE
                                    + "variable us of type tiny.Lib\nand 3 more"),
                    Samples.buildRegression("silent", "exit code 1"),
                    Samples.buildRegression("third", "Z.kt:[1,1] " + GONE + "variable z of type tiny.Lib"),
                    Samples.buildRegression("speechless", "exit code 1")),
            Samples.trust(0, 0, 0, 0),
            List.of());

    @Test
    void adoptersThatLackTheSameAreOneFinding() {
        assertThat(StageFinding.of(REPORT))
                .extracting(StageFinding::adopter, StageFinding::alike)
                .containsExactly(
                        tuple("first", List.of("second", "third")),
                        tuple("other", List.of()),
                        tuple("silent", List.of()),
                        tuple("speechless", List.of()));
    }

    @Test
    void everyFormOfTheReportNamesThem() {
        assertThat(new VerdictTable(Colour.OFF).render(REPORT, "x"))
                .contains(
                        "regressed  first, build: a pass, b fail\n    the same in second, third\n    Feed.java:[42,31] cannot");
        assertThat(new ReportMarkdown().write(REPORT)).contains("The same in `second`, `third`.");
        assertThat(new ReportHtml().write(REPORT)).contains("<p class=\"kind\">the same in second, third</p>");
    }

    @Test
    void manyAreCounted() {
        final StageFinding finding = StageFinding.of(REPORT).get(0);
        assertThat(finding.sameIn(1)).isEqualTo("the same in second and 1 more");
        assertThat(StageFinding.of(REPORT).get(1).sameIn(1)).isEmpty();
    }
}
