package dev.maar.adopters.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MainTest {

    @Test
    void lowTonesStayAndTheHighToneIsGone() {
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();

        Main.run(new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("0.02").contains("level 1.0", "250 blocks, 0 missing"),
                        line -> assertThat(line).contains("0.05").contains("level 1.0", "250 blocks, 0 missing"),
                        line -> assertThat(line).contains("0.25").contains("level 0.0", "250 blocks, 0 missing"));
    }
}
