package dev.maar.adopters.hotpath.jig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maar.jig.Case;
import dev.maar.jig.Check;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HotPathJigTest {

    @ParameterizedTest
    @CsvSource({"local, async", "local, sync", "shm, async", "shm, sync"})
    void playsEveryMessageAndAttestsTheTransport(final String transport, final String api) throws Exception {
        try (HotPathJig jig = jig(transport, api, 1)) {
            assertThat(jig.check().delivered()).isZero();
            jig.run(1);
            jig.run(1000);

            assertThat(jig.check().delivered()).isEqualTo(1001);
            assertThat(jig.attest()).containsEntry("transport", transport);
        }
    }

    @Test
    void theSameOperationsGiveTheSameCheckHoweverTheyAreDividedAndCarried() throws Exception {
        final Check whole = check("local", "async", 1, 500);

        assertThat(check("local", "async", 1, 1, 2, 4, 493)).isEqualTo(whole);
        assertThat(check("shm", "async", 1, 250, 250)).isEqualTo(whole);
        assertThat(check("shm", "sync", 1, 499, 1)).isEqualTo(whole);
        assertThat(check("local", "async", 2, 500).checksum()).isNotEqualTo(whole.checksum());
        assertThat(check("local", "async", 1, 499).checksum()).isNotEqualTo(whole.checksum());
    }

    @Test
    void latenciesAreThoseSinceTheyWereLastAskedFor() throws Exception {
        try (HotPathJig jig = jig("local", "async", 1)) {
            jig.run(640);
            assertThat(jig.latencies().count()).isEqualTo(9);
            assertThat(jig.latencies().count()).isZero();

            jig.run(641);
            assertThat(jig.latencies().count()).isEqualTo(10);
        }
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> jig("pigeon", "async", 1)).hasMessageContaining("pigeon");
        assertThatThrownBy(() -> jig("local", "telepathic", 1)).hasMessageContaining("telepathic");
    }

    private static Check check(final String transport, final String api, final long seed, final long... runs)
            throws Exception {
        try (HotPathJig jig = jig(transport, api, seed)) {
            for (final long operations : runs) {
                jig.run(operations);
            }
            return jig.check();
        }
    }

    private static HotPathJig jig(final String transport, final String api, final long seed) {
        final HotPathJig jig = new HotPathJig();
        jig.setUp(new Case(Map.of("transport", transport, "api", api, "payloadBytes", "64"), seed));
        return jig;
    }
}
