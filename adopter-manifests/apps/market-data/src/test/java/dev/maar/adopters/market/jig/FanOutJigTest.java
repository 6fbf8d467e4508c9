package dev.maar.adopters.market.jig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maar.jig.Case;
import dev.maar.jig.Check;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FanOutJigTest {

    @ParameterizedTest
    @ValueSource(strings = {"local", "shm"})
    void everyDeskHearsEveryQuoteAndTheTransportIsAttested(final String transport) throws Exception {
        try (FanOutJig jig = jig(transport, 1)) {
            assertThat(jig.attest()).isEmpty();
            jig.run(1);
            jig.run(5_000);

            assertThat(jig.check().delivered()).isEqualTo(5_001);
            assertThat(jig.attest()).containsEntry("transport", transport);
        }
    }

    @Test
    void theSameOperationsGiveTheSameCheckHoweverTheyAreDividedAndCarried() throws Exception {
        final Check whole = check("local", 1, 20_000);

        assertThat(check("local", 1, 1, 2, 509, 19_488)).isEqualTo(whole);
        assertThat(check("shm", 1, 10_000, 10_000)).isEqualTo(whole);
        assertThat(check("local", 2, 20_000).checksum()).isNotEqualTo(whole.checksum());
        assertThat(check("local", 1, 19_999).checksum()).isNotEqualTo(whole.checksum());
    }

    @Test
    void refusesATransportThatItDoesNotKnow() {
        assertThatThrownBy(() -> jig("pigeon", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pigeon");
    }

    private static Check check(final String transport, final long seed, final long... runs) throws Exception {
        try (FanOutJig jig = jig(transport, seed)) {
            for (final long operations : runs) {
                jig.run(operations);
            }
            return jig.check();
        }
    }

    private static FanOutJig jig(final String transport, final long seed) {
        final FanOutJig jig = new FanOutJig();
        jig.setUp(new Case(Map.of("transport", transport, "desks", "3"), seed));
        return jig;
    }
}
