package dev.maar.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class VerdictTableTest {

    private final VerdictTable plain = new VerdictTable(Colour.OFF);

    @Test
    void theVerdictIsFirstAndTheCommandLast() {
        final List<String> lines = plain.render(Samples.troubled(), ".maar/runs/x/report.html")
                .lines()
                .toList();

        assertThat(lines.get(0)).startsWith("MISMATCH  4 of 6 adopters got worse");
        assertThat(lines).contains("report: .maar/runs/x/report.html");
        assertThat(lines.get(lines.size() - 2))
                .startsWith("again:  ./maar run --a v1.4.0")
                .endsWith(" \\");
        assertThat(lines.get(lines.size() - 1)).isEqualTo("  build,test,measure --budget standard --seed 4503599627");
    }

    @Test
    void everyLineFits() {
        for (final Report report :
                List.of(Samples.unchanged(), Samples.troubled(), Samples.large(200, 5), Samples.hostile())) {
            assertThat(plain.render(report, "report.html").lines())
                    .filteredOn(line -> line.contains(" "))
                    .filteredOn(line -> !line.contains("x".repeat(100)))
                    .allSatisfy(line -> assertThat(Columns.width(line)).isLessThanOrEqualTo(VerdictTable.WIDTH));
        }
    }

    @Test
    void numbersAreAlignedAtTheDecimalPoint() {
        final List<String> rows = plain.render(Samples.troubled(), "")
                .lines()
                .filter(line -> line.contains(" time ") && line.contains("."))
                .filter(line -> line.matches("(regressed|improved|suspect|inconclusive|unchanged) .*"))
                .toList();

        assertThat(rows).hasSizeGreaterThan(5);
        final List<Integer> changes = rows.stream()
                .map(row -> row.indexOf(".", row.indexOf("%") - 3))
                .distinct()
                .toList();
        assertThat(changes).hasSize(1);
        final List<Integer> levels = rows.stream()
                .map(row -> row.indexOf(".", row.indexOf(" time ")))
                .distinct()
                .toList();
        assertThat(levels).hasSize(1);
    }

    @Test
    void buildAndTestFindingsHaveTheirLines() {
        assertThat(plain.render(Samples.troubled(), ""))
                .contains("regressed  price-feed, build: a pass, b fail\n")
                .contains("    src/main/java/com/example/feed/Feed.java:[42,31] error: cannot find symbol\n")
                .contains("    newly failing com.example.queue.WakeUpTest#aParkedWorkerIsWokenByOneMessage")
                .contains("error  metrics-bridge, build: a infra, b infra\n    no space left on device\n");
    }

    @Test
    void unchangedCellsOfALargeRunAreCounted() {
        assertThat(plain.render(Samples.large(200, 5), ""))
                .contains("more cells in the report: 991 unchanged")
                .doesNotContain("\nunchanged ");
    }

    @Test
    void colourOnlyRepeatsTheWords() {
        final String coloured = new VerdictTable(Colour.ON).render(Samples.troubled(), "x");

        assertThat(coloured).contains("\u001b[31mregressed\u001b[0m");
        assertThat(coloured.replaceAll("\u001b\\[\\d+m", "")).isEqualTo(plain.render(Samples.troubled(), "x"));
    }

    @Test
    void noTextMovesTheTerminal() {
        assertThat(plain.render(Samples.hostile(), Samples.HOSTILE))
                .doesNotContain("\u001b")
                .doesNotContain("\u0007")
                .doesNotContain("\u202e")
                .doesNotContain("NaN")
                .hasSizeLessThan(40_000);
    }

    @Test
    void colourIsOffWhenAskedOrWhenNobodyLooks() {
        assertThat(Colour.wanted(false, Map.of(), true)).isEqualTo(Colour.ON);
        assertThat(Colour.wanted(true, Map.of(), true)).isEqualTo(Colour.OFF);
        assertThat(Colour.wanted(false, Map.of("NO_COLOR", "1"), true)).isEqualTo(Colour.OFF);
        assertThat(Colour.wanted(false, Map.of("TERM", "dumb"), true)).isEqualTo(Colour.OFF);
        assertThat(Colour.wanted(false, Map.of(), false)).isEqualTo(Colour.OFF);
    }
}
