package dev.maar.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class NumbersTest {

    @Test
    void changesHaveASignAndOneDecimal() {
        assertThat(Numbers.change(1.0838)).isEqualTo("+8.4 %");
        assertThat(Numbers.change(0.948)).isEqualTo("-5.2 %");
        assertThat(Numbers.change(0.99999)).isEqualTo("0.0 %");
        assertThat(Numbers.change(15.5)).isEqualTo("+1,450.0 %");
        assertThat(Numbers.interval(0.98, 1.0312)).isEqualTo("-2.0 to +3.1 %");
        assertThat(Numbers.percent(0.03)).isEqualTo("3.0 %");
    }

    @Test
    void levelsHaveTheDigitsThatMatter() {
        assertThat(Numbers.level(0.83124)).isEqualTo("0.8312");
        assertThat(Numbers.level(11.424)).isEqualTo("11.42");
        assertThat(Numbers.level(1_234_567.8)).isEqualTo("1,234,568");
        assertThat(Numbers.level(0)).isEqualTo("0");
        assertThat(Numbers.level(0.00001234)).isEqualTo("0.000012");
    }

    @Test
    void whatIsNotKnownIsAHyphen() {
        for (final double unknown : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThat(Numbers.change(unknown)).isEqualTo("-");
            assertThat(Numbers.interval(unknown, 1)).isEqualTo("-");
            assertThat(Numbers.interval(1, unknown)).isEqualTo("-");
            assertThat(Numbers.percent(unknown)).isEqualTo("-");
            assertThat(Numbers.level(unknown)).isEqualTo("-");
            assertThat(Numbers.fixed(unknown, 2)).isEqualTo("-");
        }
        assertThat(Numbers.memory(0)).isEqualTo("-");
    }

    @Property(tries = 1_000)
    void everyNumberGivesAShortText(@ForAll final double number) {
        assertThat(Numbers.level(number))
                .matches("-|-?[0-9,]+(\\.[0-9]+)?(e[+-][0-9]+)?")
                .hasSizeLessThan(30);
    }
}
