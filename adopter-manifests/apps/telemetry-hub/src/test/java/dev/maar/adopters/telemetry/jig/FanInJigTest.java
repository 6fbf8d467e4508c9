package dev.maar.adopters.telemetry.jig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maar.jig.Case;
import dev.maar.jig.Check;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FanInJigTest {

    @ParameterizedTest
    @ValueSource(strings = {"local", "shm"})
    void deliversEveryReadingAndAttestsTheTransport(final String transport) throws Exception {
        try (FanInJig jig = jig(transport, 1)) {
            jig.run(1);
            jig.run(50_000);

            assertThat(jig.check().delivered()).isEqualTo(50_001);
            assertThat(jig.attest()).containsEntry("transport", transport);
        }
    }

    @Test
    void theSameOperationsGiveTheSameCheckHoweverTheyAreDividedAndCarried() throws Exception {
        final Check whole = check("local", 1, 5000);

        assertThat(check("local", 1, 1, 2, 4, 4993)).isEqualTo(whole);
        assertThat(check("shm", 1, 2500, 2500)).isEqualTo(whole);
        assertThat(check("local", 2, 5000).checksum()).isNotEqualTo(whole.checksum());
        assertThat(check("local", 1, 4999).checksum()).isNotEqualTo(whole.checksum());
    }

    @Test
    void refusesATransportThatItDoesNotKnow() {
        assertThatThrownBy(() -> jig("pigeon", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pigeon");
    }

    private static Check check(final String transport, final long seed, final long... runs) throws Exception {
        try (FanInJig jig = jig(transport, seed)) {
            for (final long operations : runs) {
                jig.run(operations);
            }
            return jig.check();
        }
    }

    private static FanInJig jig(final String transport, final long seed) {
        final FanInJig jig = new FanInJig();
        jig.setUp(new Case(Map.of("transport", transport, "publishers", "4"), seed));
        return jig;
    }
}
