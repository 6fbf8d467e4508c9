package dev.maar.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class PlainTextTest {

    @Test
    void escapeSequencesGoAndTheirTextStays() {
        assertThat(PlainText.line(
                        "\u001b[1;31mred\u001b[0m \u001b]8;;http://x\u0007link\u001b]8;;\u001b\\ \u009b2Jend", 80))
                .isEqualTo("red link end");
    }

    @Test
    void whatTurnsOrHidesTextIsShownAsUnknown() {
        assertThat(PlainText.line("a\u202eb\u200bc\u0000d\ud800e", 80)).isEqualTo("a\ufffdb\ufffdc\ufffdd\ufffde");
    }

    @Test
    void lineBreaksStayOnlyWhereTheyMay() {
        assertThat(PlainText.line(" a\r\nb\tc\n", 80)).isEqualTo("a b c");
        assertThat(PlainText.lines("a\r\n  b\rc\n\n", 80)).isEqualTo("a\n  b\nc");
    }

    @Test
    void otherScriptsAreLeftAlone() {
        assertThat(PlainText.line("Grüße 世界 🙂", 80)).isEqualTo("Grüße 世界 🙂");
    }

    @Property(tries = 300)
    void noTextIsLongerThanAllowedOrHoldsAControlCharacter(
            @ForAll final String text, @ForAll @IntRange(min = 3, max = 50) final int most) {
        final String line = PlainText.line(text, most);

        assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(most);
        assertThat(line.codePoints()
                        .noneMatch(point ->
                                Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE))
                .isTrue();
        assertThat(PlainText.line(line, most)).isEqualTo(line);
    }
}
