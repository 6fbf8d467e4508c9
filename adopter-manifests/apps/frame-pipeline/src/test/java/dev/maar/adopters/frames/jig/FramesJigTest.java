package dev.maar.adopters.frames.jig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maar.jig.Case;
import dev.maar.jig.Check;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramesJigTest {

    @ParameterizedTest
    @ValueSource(strings = {"local", "shm"})
    void deliversEveryFrameAndAttestsTheTransport(final String transport) throws Exception {
        try (FramesJig jig = jig(transport, 1, 1 << 20)) {
            assertThat(jig.attest()).isEmpty();
            jig.run(1);
            jig.run(20);

            assertThat(jig.check().delivered()).isEqualTo(21);
            assertThat(jig.attest()).containsEntry("transport", transport);
        }
    }

    @Test
    void theSameOperationsGiveTheSameCheckHoweverTheyAreDividedAndCarried() throws Exception {
        final Check whole = check("local", 1, 20);

        assertThat(check("local", 1, 1, 2, 4, 13)).isEqualTo(whole);
        assertThat(check("shm", 1, 10, 10)).isEqualTo(whole);
        assertThat(check("local", 2, 20).checksum()).isNotEqualTo(whole.checksum());
        assertThat(check("local", 1, 19).checksum()).isNotEqualTo(whole.checksum());
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> jig("pigeon", 1, 1 << 16)).hasMessageContaining("pigeon");
        assertThatThrownBy(() -> jig("local", 1, 1000)).hasMessageContaining("1000");
    }

    private static Check check(final String transport, final long seed, final long... runs) throws Exception {
        try (FramesJig jig = jig(transport, seed, 1 << 16)) {
            for (final long operations : runs) {
                jig.run(operations);
            }
            return jig.check();
        }
    }

    private static FramesJig jig(final String transport, final long seed, final int payloadBytes) {
        final FramesJig jig = new FramesJig();
        jig.setUp(new Case(Map.of("transport", transport, "payloadBytes", Integer.toString(payloadBytes)), seed));
        return jig;
    }
}
