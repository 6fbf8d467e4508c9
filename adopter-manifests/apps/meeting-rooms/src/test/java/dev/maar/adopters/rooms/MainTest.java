package dev.maar.adopters.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MainTest {

    @Test
    void everybodyHearsWhatIsSaidWhereTheyAre() {
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();

        Main.run(new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "Ada in the kitchen hears Ben: 2",
                        "Ben in the kitchen hears Ada: 1",
                        "Cleo in the hall hears Ben: 4",
                        "Ben talks to 0 others, Cleo is in room -1");
    }
}
