package dev.maar.adopters.documents.jig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maar.jig.Case;
import dev.maar.jig.Check;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyncJigTest {

    @ParameterizedTest
    @ValueSource(strings = {"local", "shm"})
    void everyRequestIsAnsweredAndTheTransportIsAttested(final String transport) throws Exception {
        try (SyncJig jig = jig(transport, 1)) {
            assertThat(jig.attest()).isEmpty();
            jig.run(1);
            jig.run(5_000);

            assertThat(jig.check().delivered()).isEqualTo(5_001);
            assertThat(jig.attest()).containsEntry("transport", transport);
        }
    }

    @Test
    void theSameOperationsGiveTheSameCheckHoweverTheyAreDividedAndCarried() throws Exception {
        final Check whole = check("local", 1, 5_000);

        assertThat(check("local", 1, 1, 2, 509, 4_488)).isEqualTo(whole);
        assertThat(check("shm", 1, 2_500, 2_500)).isEqualTo(whole);
        assertThat(check("local", 2, 5_000).checksum()).isNotEqualTo(whole.checksum());
        assertThat(check("local", 1, 4_999).checksum()).isNotEqualTo(whole.checksum());
    }

    @Test
    void refusesATransportThatItDoesNotKnow() {
        assertThatThrownBy(() -> jig("pigeon", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pigeon");
    }

    private static Check check(final String transport, final long seed, final long... runs) throws Exception {
        try (SyncJig jig = jig(transport, seed)) {
            for (final long operations : runs) {
                jig.run(operations);
            }
            return jig.check();
        }
    }

    private static SyncJig jig(final String transport, final long seed) {
        final SyncJig jig = new SyncJig();
        jig.setUp(new Case(Map.of("transport", transport, "clients", "4"), seed));
        return jig;
    }
}
