package dev.maar.adopters.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MainTest {

    @Test
    void aConflictIsToldAndSettledAndRulesHold() {
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();

        Main.run(new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "Ada, row 0: DONE, revision 1, 'milk, 2 bottles'",
                        "Ben, row 0: STALE, revision 1, 'milk, 2 bottles'",
                        "Ada, row 2: DENIED, revision 0, ''",
                        "Ben, row 0: DONE, revision 2, 'milk, 2 bottles, and oat milk'",
                        "Ben, row 2: DONE, revision 0, 'a present for Ada'",
                        "the guest, row 1: DENIED, revision 0, 'bread'");
    }
}
