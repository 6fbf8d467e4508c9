package dev.maar.transport.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every message is read as it was written; whatever else comes is refused. */
final class FrameTest {

    private static final long SEED = 20_261_121;

    private static Message read(final ByteBuffer frame) throws IOException {
        assertThat(frame.getInt()).isEqualTo(frame.remaining());
        return Frame.message(frame.get(), frame);
    }

    @Test
    void everyMessageIsReadAsItWasWritten() throws IOException {
        assertThat(Messages.some(3).stream().map(Message::kind).distinct()).containsExactly(Message.Kind.values());
        for (final Message message : Messages.some(3)) {
            assertThat(read(Frame.of(message))).isEqualTo(message);
        }
    }

    @Test
    void whatIsCutOrTooLongIsRefused() {
        for (final Message message : Messages.some(3)) {
            final ByteBuffer whole = Frame.of(message);
            final int content = Frame.LENGTH_BYTES + 1;
            final byte kind = whole.get(Frame.LENGTH_BYTES);
            for (int length = 0; length < whole.limit() - content; length++) {
                final ByteBuffer cut = whole.slice(content, length);
                assertThatThrownBy(() -> Frame.message(kind, cut)).isInstanceOf(IOException.class);
            }
            final ByteBuffer longer = ByteBuffer.allocate(whole.limit() - content + 1)
                    .put(whole.slice(content, whole.limit() - content))
                    .clear();
            assertThatThrownBy(() -> Frame.message(kind, longer)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void garbageIsAMessageOrRefusedAndNothingElse() {
        final Random random = new Random(SEED);
        for (int i = 0; i < 50_000; i++) {
            final byte[] garbage = new byte[random.nextInt(100)];
            random.nextBytes(garbage);
            try {
                assertThat(Frame.message((byte) random.nextInt(16), ByteBuffer.wrap(garbage)))
                        .isNotNull();
            } catch (final IOException refused) {
                assertThat(refused).hasMessageStartingWith("it ");
            }
        }
    }

    @Test
    void tokensAreComparedByContentAndNotPrinted() {
        final Token token = Token.of(new byte[] {42, 43});
        assertThat(token).isEqualTo(Token.of(new byte[] {42, 43})).isNotEqualTo(Token.random(2 + 30));
        assertThat(token.toString()).doesNotContain("42");
        assertThat(SECRET_TEXT).doesNotContain(Secret.of(SECRET_TEXT).toString());
    }

    private static final String SECRET_TEXT = "correct horse battery staple";
}
