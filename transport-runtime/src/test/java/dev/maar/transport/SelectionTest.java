package dev.maar.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Explicit beats environment beats default, what is forced beats local delivery, and nonsense is an error. */
final class SelectionTest {

    private static final PublisherOptions DEFAULTS = PublisherOptions.defaults();

    private static Transport chosen(final PublisherOptions options, final Map<String, String> environment) {
        return Selection.of(options, environment).inside();
    }

    @Test
    void localDeliveryIsTheDefaultAndSharedMemoryWithoutIt() {
        assertThat(chosen(DEFAULTS, Map.of())).isEqualTo(Transport.LOCAL);
        assertThat(chosen(DEFAULTS.allowLocal(false), Map.of())).isEqualTo(Transport.SHM);
        assertThat(chosen(DEFAULTS.forceTcp(false).forceUdp(false), Map.of())).isEqualTo(Transport.LOCAL);
    }

    @Test
    void otherRuntimesAreServedThroughSharedMemoryOrTheNetwork() {
        assertThat(Selection.of(DEFAULTS, Map.of()).to(true)).isEqualTo(Transport.SHM);
        assertThat(Selection.of(DEFAULTS, Map.of()).to(false)).isEqualTo(Transport.UDP);
        assertThat(Selection.of(DEFAULTS.allowLocal(false), Map.of()).to(true)).isEqualTo(Transport.SHM);
        assertThat(Selection.of(DEFAULTS.forceTcp(true), Map.of()).to(true)).isEqualTo(Transport.TCP);
        assertThat(Selection.of(DEFAULTS.forceUdp(true), Map.of()).to(false)).isEqualTo(Transport.UDP);
    }

    @Test
    void theEnvironmentBeatsTheDefault() {
        assertThat(chosen(DEFAULTS, Map.of("MAAR_ALLOW_LOCAL", "false"))).isEqualTo(Transport.SHM);
        assertThat(chosen(DEFAULTS, Map.of("MAAR_FORCE_TCP", "true"))).isEqualTo(Transport.TCP);
        assertThat(chosen(DEFAULTS, Map.of("MAAR_FORCE_UDP", "TRUE"))).isEqualTo(Transport.UDP);
    }

    @Test
    void explicitBeatsTheEnvironment() {
        assertThat(chosen(DEFAULTS.allowLocal(true), Map.of("MAAR_ALLOW_LOCAL", "false")))
                .isEqualTo(Transport.LOCAL);
        assertThat(chosen(DEFAULTS.forceTcp(false), Map.of("MAAR_FORCE_TCP", "true")))
                .isEqualTo(Transport.LOCAL);
        assertThat(chosen(DEFAULTS.forceUdp(false).allowLocal(false), Map.of("MAAR_FORCE_UDP", "true")))
                .isEqualTo(Transport.SHM);
    }

    @Test
    void whatIsForcedWinsOverLocalDeliveryAndSaysSo() {
        assertThat(Selection.of(DEFAULTS.forceTcp(true).allowLocal(true), Map.of()))
                .isEqualTo(new Selection(Transport.TCP, true));
        assertThat(Selection.of(DEFAULTS.forceUdp(true), Map.of())).isEqualTo(new Selection(Transport.UDP, true));
        assertThat(Selection.of(DEFAULTS.forceTcp(true).allowLocal(false), Map.of()))
                .isEqualTo(new Selection(Transport.TCP, false));
        assertThat(Selection.of(DEFAULTS.allowLocal(false), Map.of()).overridesLocal())
                .isFalse();
    }

    @Test
    void forcingBothIsAnErrorWhereverItComesFrom() {
        assertThatThrownBy(() -> chosen(DEFAULTS.forceTcp(true).forceUdp(true), Map.of()))
                .hasMessageContaining("forceTcp")
                .hasMessageContaining("forceUdp");
        assertThatThrownBy(() -> chosen(DEFAULTS.forceTcp(true), Map.of("MAAR_FORCE_UDP", "true")))
                .hasMessageContaining("MAAR_FORCE_UDP");
    }

    @ParameterizedTest
    @CsvSource({"MAAR_ALLOW_LOCAL,yes", "MAAR_FORCE_TCP,1", "MAAR_FORCE_UDP,''", "MAAR_FORCE_UDP,' true'"})
    void aValueThatIsNeitherTrueNorFalseIsAnErrorThatNamesTheVariable(final String name, final String value) {
        final PublisherOptions explicit =
                DEFAULTS.allowLocal(true).forceTcp(false).forceUdp(false);
        assertThatThrownBy(() -> chosen(explicit, Map.of(name, value)))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining(name);
        assertThatThrownBy(() -> TransportRuntime.launch(new TransportContext(Map.of(name, value))))
                .hasMessageContaining(name);
    }
}
