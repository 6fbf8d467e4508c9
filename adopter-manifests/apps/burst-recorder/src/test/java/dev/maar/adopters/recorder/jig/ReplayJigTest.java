package dev.maar.adopters.recorder.jig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maar.jig.Case;
import dev.maar.jig.Check;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayJigTest {

    @ParameterizedTest
    @ValueSource(strings = {"local", "shm"})
    void capturesEveryMessageAndAttestsTheTransport(final String transport) throws Exception {
        try (ReplayJig jig = jig(transport)) {
            assertThat(jig.attest()).isEmpty();
            jig.run(1);
            jig.run(10_000);

            assertThat(jig.check().delivered()).isEqualTo(10_001);
            assertThat(jig.attest()).containsEntry("transport", transport);
        }
    }

    @Test
    void theSameOperationsGiveTheSameCheckHoweverTheyAreDividedAndCarried() throws Exception {
        final Check whole = check("local", 5_000);

        assertThat(check("local", 1, 2, 509, 4_488)).isEqualTo(whole);
        assertThat(check("shm", 2_500, 2_500)).isEqualTo(whole);
        assertThat(check("local", 4_999).checksum()).isNotEqualTo(whole.checksum());
    }

    @Test
    void askingForTheCheckChangesNothing() throws Exception {
        try (ReplayJig jig = jig("local")) {
            jig.run(700);
            assertThat(jig.check()).isEqualTo(jig.check()).isEqualTo(check("local", 700));
            jig.run(4_300);
            assertThat(jig.check()).isEqualTo(check("local", 5_000));
        }
    }

    @Test
    void refusesATransportThatItDoesNotKnow() {
        assertThatThrownBy(() -> jig("pigeon"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pigeon");
    }

    private static Check check(final String transport, final long... runs) throws Exception {
        try (ReplayJig jig = jig(transport)) {
            for (final long operations : runs) {
                jig.run(operations);
            }
            return jig.check();
        }
    }

    private static ReplayJig jig(final String transport) throws Exception {
        final ReplayJig jig = new ReplayJig();
        jig.setUp(new Case(Map.of("transport", transport), 1));
        return jig;
    }
}
