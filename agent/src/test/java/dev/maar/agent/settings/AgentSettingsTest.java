package dev.maar.agent.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentSettingsTest {

    @ParameterizedTest
    @EnumSource(Setting.class)
    void whatIsNotSetHasItsDefaultAndWhatIsSetIsRead(final Setting setting) {
        final AgentSettings settings =
                AgentSettings.read(asked -> asked == setting ? Optional.of(" 0.375 ") : Optional.empty());

        assertThat(settings.of(setting)).isEqualTo(0.375);
        Arrays.stream(Setting.values())
                .filter(other -> other != setting)
                .forEach(other -> assertThat(settings.of(other)).isEqualTo(other.byDefault()));
        assertThat(AgentSettings.defaults().with(setting, 0.375)).isEqualTo(settings);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "much", "-1", "NaN", "Infinity", "5 %"})
    void whatIsNoNumberFromZeroIsRefusedByName(final String text) {
        assertThatThrownBy(() ->
                        AgentSettings.read(asked -> asked == Setting.MOST_STEAL ? Optional.of(text) : Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("agent-most-steal (MAAR_AGENT_MOST_STEAL)")
                .hasMessageContaining("must be a number from 0");
    }

    @Test
    void everySettingSaysItsUnitAndWhatItDoes() {
        assertThat(Setting.values()).allSatisfy(setting -> {
            assertThat(setting.unit()).isNotBlank();
            assertThat(setting.meaning()).endsWith(".");
        });
    }
}
