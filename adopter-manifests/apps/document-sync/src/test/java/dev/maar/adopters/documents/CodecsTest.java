package dev.maar.adopters.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.transport.Codec;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class CodecsTest {

    @Test
    void messagesComeBackFromTheirBytesWithTextsOfAnyKind() {
        for (final String text : new String[] {"", "plain", "Grüße, 東京, \uD83D\uDE00"}) {
            assertComesBack(new RequestCodec(), new Request(1, 2, Long.MAX_VALUE, 3, Request.READ, text));
            for (final Answer.Outcome outcome : Answer.Outcome.values()) {
                assertComesBack(new AnswerCodec(), new Answer(1, 2, outcome, new Row(3, 4, text)));
            }
        }
    }

    private static <T> void assertComesBack(final Codec<T> codec, final T message) {
        final ByteBuffer bytes = ByteBuffer.allocate(codec.size(message));
        codec.encode(message, bytes);
        assertThat(bytes.hasRemaining()).isFalse();
        assertThat(codec.decode(bytes.flip())).isEqualTo(message);
    }
}
