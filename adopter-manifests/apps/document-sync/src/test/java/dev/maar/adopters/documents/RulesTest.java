package dev.maar.adopters.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RulesTest {

    @Test
    void theFirstRuleThatCoversTeamAndRowDecides() {
        final Rules rules = new Rules(List.of(
                new Rule(1, 10, 20, Access.NONE),
                new Rule(1, 0, 100, Access.WRITE),
                new Rule(Rule.EVERYBODY, 0, 50, Access.READ)));

        assertThat(rules.access(1, 9)).isEqualTo(Access.WRITE);
        assertThat(rules.access(1, 10)).isEqualTo(Access.NONE);
        assertThat(rules.access(1, 19)).isEqualTo(Access.NONE);
        assertThat(rules.access(1, 20)).isEqualTo(Access.WRITE);
        assertThat(rules.access(2, 10)).isEqualTo(Access.READ);
    }

    @Test
    void whereNoRuleSaysAnythingNothingIsAllowed() {
        assertThat(new Rules(List.of()).access(0, 0)).isEqualTo(Access.NONE);
        assertThat(new Rules(List.of(new Rule(1, 0, 5, Access.WRITE))).access(1, 5))
                .isEqualTo(Access.NONE);
        assertThat(new Rules(List.of(new Rule(1, 0, 5, Access.WRITE))).access(2, 1))
                .isEqualTo(Access.NONE);
    }

    @Test
    void aRuleForNoRowIsRefused() {
        assertThatThrownBy(() -> new Rule(1, 5, 5, Access.READ)).hasMessageContaining("from 5 until 5");
        assertThatThrownBy(() -> new Rule(1, -1, 5, Access.READ)).hasMessageContaining("-1");
    }
}
