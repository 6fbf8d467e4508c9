package dev.maar.adopters.relay.jig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maar.jig.Case;
import dev.maar.jig.Check;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelayJigTest {

    @ParameterizedTest
    @ValueSource(strings = {"local", "shm"})
    void deliversEveryBlockAndAttestsTheTransport(final String transport) throws Exception {
        try (RelayJig jig = jig(transport, 1)) {
            jig.run(1);
            jig.run(1000);

            assertThat(jig.check().delivered()).isEqualTo(1001);
            assertThat(jig.attest()).containsEntry("transport", transport);
        }
    }

    @Test
    void theSameOperationsGiveTheSameCheckHoweverTheyAreDividedAndCarried() throws Exception {
        final Check whole = check("local", 1, 500);

        assertThat(check("local", 1, 1, 2, 4, 493)).isEqualTo(whole);
        assertThat(check("shm", 1, 250, 250)).isEqualTo(whole);
        assertThat(check("local", 2, 500).checksum()).isNotEqualTo(whole.checksum());
        assertThat(check("local", 1, 499).checksum()).isNotEqualTo(whole.checksum());
    }

    @Test
    void refusesATransportThatItDoesNotKnow() {
        assertThatThrownBy(() -> jig("pigeon", 1).close())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pigeon");
    }

    private static Check check(final String transport, final long seed, final long... runs) throws Exception {
        try (RelayJig jig = jig(transport, seed)) {
            for (final long operations : runs) {
                jig.run(operations);
            }
            return jig.check();
        }
    }

    private static RelayJig jig(final String transport, final long seed) {
        final RelayJig jig = new RelayJig();
        jig.setUp(new Case(Map.of("transport", transport, "blockSamples", "32"), seed));
        return jig;
    }
}
