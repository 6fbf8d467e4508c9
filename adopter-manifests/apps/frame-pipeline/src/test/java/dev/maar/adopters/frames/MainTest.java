package dev.maar.adopters.frames;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MainTest {

    @Test
    void printsWhatTheArchiveKnowsOfEachFrame() {
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();

        Main.run(new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("frame 0: brightness 10.00, tiles 10 to 10,"),
                        line -> assertThat(line).startsWith("frame 1: brightness 21.88, tiles 10 to 200,"),
                        line -> assertThat(line).startsWith("frame 2: brightness 33.75, tiles 10 to 200,"),
                        line -> assertThat(line).startsWith("frame 3: brightness 45.63, tiles 10 to 200,"));
    }
}
