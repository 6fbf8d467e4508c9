package dev.maar.agent.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SteadinessTest {

    private static Steadiness after(final double... nanos) {
        final Steadiness steadiness = new Steadiness(0.05);
        for (final double value : nanos) {
            steadiness.add(value);
        }
        return steadiness;
    }

    @Test
    void fiveSlicesAlikeAreSteady() {
        assertThat(after(100, 101, 99, 100, 100).isSteady()).isTrue();
        assertThat(after(100, 101, 99, 100).isSteady()).isFalse();
    }

    @Test
    void aWideSpreadIsNotSteady() {
        assertThat(after(100, 106, 99, 100, 100).isSteady()).isFalse();
    }

    @Test
    void aTrendIsNotSteadyHoweverSmall() {
        assertThat(after(104, 103, 102, 101, 100).isSteady()).isFalse();
        assertThat(after(104, 103, 102, 100, 101).isSteady()).isFalse();
        assertThat(after(100, 103, 102, 101, 104).isSteady()).isTrue();
    }

    @Test
    void slicesThatAreNeverAlikeAreSteadyAtOneLevel() {
        assertThat(after(100, 109, 93, 104, 97, 108, 99, 92, 101, 105).isSteady())
                .isTrue();
        assertThat(after(109, 93, 104, 97, 108, 99, 92, 101, 105).isSteady()).isFalse();
    }

    @Test
    void anotherLevelOrOneThatWasHeldUpIsNotSteady() {
        assertThat(after(103, 112, 96, 107, 100, 108, 99, 92, 101, 105).isSteady())
                .isTrue();
        assertThat(after(105, 114, 98, 109, 102, 108, 99, 92, 101, 104).isSteady())
                .isFalse();
        assertThat(after(100, 109, 93, 104, 97, 108, 99, 92, 101, 170).isSteady())
                .isFalse();
    }

    @Test
    void onlyTheLastSlicesCount() {
        assertThat(after(900, 500, 100, 101, 99, 100, 100).isSteady()).isTrue();
    }

    @Test
    void theRecentTimeIsAMedianOfTheLastThree() {
        assertThat(after(7, 100, 900, 101).recent()).isEqualTo(101);
        assertThat(after(7).recent()).isEqualTo(7);
    }
}
