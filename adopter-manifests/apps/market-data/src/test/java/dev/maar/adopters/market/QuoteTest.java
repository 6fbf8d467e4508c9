package dev.maar.adopters.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class QuoteTest {

    @Test
    void thePriceLeansToTheSideThatFewerStandBehind() {
        assertThat(new Quote(0, 100, 110, 5, 5).microPrice()).isEqualTo(105_000);
        assertThat(new Quote(0, 100, 110, 9, 1).microPrice()).isEqualTo(109_000);
        assertThat(new Quote(0, 100, 110, 1, 9).microPrice()).isEqualTo(101_000);
        assertThat(new Quote(0, 100, 111, 0, 0).microPrice()).isEqualTo(105_500);
    }

    @Test
    void aBidThatReachesTheAskIsCrossed() {
        assertThat(new Quote(0, 100, 101, 1, 1).isCrossed()).isFalse();
        assertThat(new Quote(0, 101, 101, 1, 1).isCrossed()).isTrue();
        assertThat(new Quote(0, 102, 101, 1, 1).isCrossed()).isTrue();
    }

    @Test
    void comesBackFromItsBytes() {
        final Quote quote = new Quote(7, -3, Long.MAX_VALUE, 0, Integer.MAX_VALUE);
        final QuoteCodec codec = new QuoteCodec();
        final ByteBuffer bytes = ByteBuffer.allocate(codec.size(quote));

        codec.encode(quote, bytes);

        assertThat(bytes.hasRemaining()).isFalse();
        assertThat(codec.decode(bytes.flip())).isEqualTo(quote);
    }
}
