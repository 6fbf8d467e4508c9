package dev.maar.adopters.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

    @TempDir
    private Path folder;

    @Test
    void whatIsRecordedIsPlayedAgainMessageForMessage() throws IOException {
        final String file = folder.resolve("some.recording").toString();

        final String recorded = printed("record", file, "20");
        final String shown = printed("show", file);
        final String played = printed("play", file, "1000");

        assertThat(recorded).isEqualTo(shown).containsPattern("^[1-9][0-9]* messages in [1-9][0-9]* bursts, ");
        assertThat(played.substring(0, played.indexOf(" in ")))
                .isEqualTo(recorded.substring(0, recorded.indexOf(" in ")));
        assertThat(played).contains(recorded.substring(recorded.indexOf("bursts, "), recorded.indexOf(" bytes")));
    }

    @Test
    void anythingElseIsToldHowItIsMeant() throws IOException {
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

        assertThat(Main.run(List.of(), out)).isFalse();
        assertThat(Main.run(List.of("erase", "file"), out)).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("record FILE", "play FILE", "show FILE");
    }

    @Test
    void aFileThatIsNoRecordingIsNotPlayed() throws IOException {
        final Path file = Files.writeString(folder.resolve("other"), "something else, and long enough");

        assertThatThrownBy(() -> printed("play", file.toString()))
                .isInstanceOf(IOException.class)
                .hasMessage("this is no recording");
    }

    private static String printed(final String... arguments) throws IOException {
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        assertThat(Main.run(List.of(arguments), new PrintStream(printed, true, StandardCharsets.UTF_8)))
                .isTrue();
        return printed.toString(StandardCharsets.UTF_8);
    }
}
