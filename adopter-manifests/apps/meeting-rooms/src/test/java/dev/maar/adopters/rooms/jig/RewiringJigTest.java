package dev.maar.adopters.rooms.jig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maar.jig.Case;
import dev.maar.jig.Check;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RewiringJigTest {

    @ParameterizedTest
    @ValueSource(strings = {"local", "shm"})
    void whatIsSaidIsHeardAndTheTransportIsAttested(final String transport) throws Exception {
        try (RewiringJig jig = jig(transport, 1, 1_000_000)) {
            assertThat(jig.attest()).isEmpty();
            jig.run(1);
            jig.run(999);

            // Nobody moves: each of six people speaks to the one other person in the same room.
            assertThat(jig.check().delivered()).isEqualTo(1_000);
            assertThat(jig.attest()).containsEntry("transport", transport);
        }
    }

    @Test
    void theSameOperationsGiveTheSameCheckHoweverTheyAreDividedAndCarried() throws Exception {
        final Check whole = check("local", 1, 1_000);

        assertThat(check("local", 1, 1, 2, 500, 497)).isEqualTo(whole);
        assertThat(check("shm", 1, 500, 500)).isEqualTo(whole);
        assertThat(check("local", 2, 1_000).checksum()).isNotEqualTo(whole.checksum());
        assertThat(check("local", 1, 999).checksum()).isNotEqualTo(whole.checksum());
    }

    @Test
    void refusesATransportThatItDoesNotKnow() {
        assertThatThrownBy(() -> jig("pigeon", 1, 16))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pigeon");
    }

    private static Check check(final String transport, final long seed, final long... runs) throws Exception {
        try (RewiringJig jig = jig(transport, seed, 16)) {
            for (final long operations : runs) {
                jig.run(operations);
            }
            return jig.check();
        }
    }

    private static RewiringJig jig(final String transport, final long seed, final int moveEvery) {
        final RewiringJig jig = new RewiringJig();
        jig.setUp(new Case(
                Map.of("transport", transport, "people", "6", "moveEvery", Integer.toString(moveEvery)), seed));
        return jig;
    }
}
