package dev.maar.adopters.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MainTest {

    @Test
    void desksHearAllAndTheBoardShowsTheNewest() {
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();

        Main.run(new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .hasSize(4 * 3 + 3)
                .anySatisfy(line -> assertThat(line).startsWith("shares: 10000 quotes, 0 missing"))
                .anySatisfy(line -> assertThat(line).startsWith("hedge: 10000 quotes, 0 missing"))
                .last()
                .isEqualTo("board: 64 quotes shown, 9936 passed it by");
    }
}
