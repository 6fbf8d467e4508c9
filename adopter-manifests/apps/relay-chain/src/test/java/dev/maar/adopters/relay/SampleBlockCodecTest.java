package dev.maar.adopters.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SampleBlockCodecTest {

    private final SampleBlockCodec codec = new SampleBlockCodec();

    @Test
    void blocksOfAnyLengthComeBackAsTheyWere() {
        for (final int length : new int[] {3, 0, 8, 5}) {
            final SampleBlock block = block(length);

            final SampleBlock decoded = codec.decode(encoded(block));

            assertThat(decoded.number()).isEqualTo(length);
            assertThat(decoded.toArray()).containsExactly(block.toArray());
        }
    }

    @Test
    void theSizeIsWhatIsWritten() {
        final ByteBuffer into = ByteBuffer.allocate(1000);
        codec.encode(block(5), into);

        assertThat(into.position()).isEqualTo(codec.size(block(5)));
    }

    @Test
    void aThreadDoesNotDisturbTheBlockOfAnother() {
        final SampleBlock mine = codec.decode(encoded(block(4)));

        CompletableFuture.runAsync(() -> codec.decode(encoded(block(3)))).join();

        assertThat(mine.toArray()).containsExactly(block(4).toArray());
    }

    private ByteBuffer encoded(final SampleBlock block) {
        final ByteBuffer bytes = ByteBuffer.allocate(codec.size(block));
        codec.encode(block, bytes);
        return bytes.flip();
    }

    private static SampleBlock block(final int length) {
        final float[] samples = new float[length];
        for (int i = 0; i < length; i++) {
            samples[i] = length + i / 10f;
        }
        return SampleBlock.of(length, samples);
    }
}
