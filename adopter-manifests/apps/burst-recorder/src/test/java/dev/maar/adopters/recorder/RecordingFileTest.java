package dev.maar.adopters.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RecordingFileTest {

    @Test
    void aRecordingComesBackAsItWas() throws IOException {
        final Recording recording = recording(0, 5, 200, 1_000_000_000_000L);

        final Recording read = RecordingFile.read(new ByteArrayInputStream(written(recording)));

        assertThat(read).isEqualTo(recording);
        assertThat(read.message(2)).isEqualTo(message(2));
        assertThat(read.offsetNanos(3)).isEqualTo(1_000_000_000_000L);
        assertThat(read.durationNanos()).isEqualTo(1_000_000_000_000L);
    }

    @Test
    void aRecordingOfNothingComesBackToo() throws IOException {
        assertThat(RecordingFile.read(new ByteArrayInputStream(written(recording())))
                        .size())
                .isZero();
    }

    @Test
    void whatIsCutOffDamagedOrSomethingElseIsRefused() throws IOException {
        final byte[] whole = written(recording(0, 5, 200));

        for (int length = 0; length < whole.length; length++) {
            assertRefused(Arrays.copyOf(whole, length));
        }
        for (int at = 0; at < whole.length; at++) {
            final byte[] damaged = whole.clone();
            damaged[at] ^= 0x10;
            assertRefused(damaged);
        }
        assertThatThrownBy(() -> RecordingFile.read(new ByteArrayInputStream(new byte[100])))
                .hasMessage("this is no recording");
    }

    @Test
    void burstsBeginAfterPauses() {
        final Recording recording = recording(0, 5, 10, 100, 110, 111, 300);

        assertThat(recording.bursts(50)).containsExactly(0, 3, 6);
        assertThat(recording.bursts(5)).containsExactly(0, 3, 4, 6);
        assertThat(recording.bursts(1_000)).containsExactly(0);
        assertThat(recording().bursts(50)).isEmpty();
    }

    private static void assertRefused(final byte[] bytes) {
        assertThatThrownBy(() -> RecordingFile.read(new ByteArrayInputStream(bytes)))
                .isInstanceOf(IOException.class);
    }

    private static byte[] written(final Recording recording) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        RecordingFile.write(recording, out);
        return out.toByteArray();
    }

    private static Recording recording(final long... times) {
        final Tape tape = new Tape(times.length, 1_000);
        for (int i = 0; i < times.length; i++) {
            assertThat(tape.keep(message(i), times[i])).isTrue();
        }
        return tape.recording();
    }

    private static ByteBuffer message(final int number) {
        final ByteBuffer message = ByteBuffer.allocate(number);
        while (message.hasRemaining()) {
            message.put((byte) number);
        }
        return message.flip();
    }
}
