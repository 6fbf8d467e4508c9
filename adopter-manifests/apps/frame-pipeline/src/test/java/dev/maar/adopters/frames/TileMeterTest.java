package dev.maar.adopters.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TileMeterTest {

    private static final int WIDTH = 192;
    private static final int HEIGHT = 128;

    @Test
    void brightnessIsTheMeanOfAllPixelsAndOfEachTile() {
        final ByteBuffer pixels = noise(1);
        final double[] tiles = new double[6];
        double all = 0;
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                final int pixel = pixels.get(y * WIDTH + x) & 0xff;
                all += pixel;
                tiles[y / 64 * 3 + x / 64] += pixel / (64.0 * 64);
            }
        }

        final FrameReport report = measure(pixels);

        assertThat(report.brightness()).isEqualTo(all / (WIDTH * HEIGHT), within(1e-9));
        assertThat(report.darkest()).isEqualTo(Arrays.stream(tiles).min().getAsDouble(), within(1e-9));
        assertThat(report.brightest()).isEqualTo(Arrays.stream(tiles).max().getAsDouble(), within(1e-9));
    }

    @Test
    void theBrightestFrameDoesNotOverflow() {
        final ByteBuffer pixels = ByteBuffer.allocate(WIDTH * HEIGHT);
        while (pixels.hasRemaining()) {
            pixels.put((byte) 255);
        }
        pixels.flip();

        final FrameReport report = measure(pixels);

        assertThat(report.brightness()).isEqualTo(255);
        assertThat(report.darkest()).isEqualTo(255);
    }

    @Test
    void everyPixelMattersToTheChecksum() {
        final ByteBuffer pixels = noise(1);
        final long checksum = measure(pixels).checksum();
        final Random random = new Random(2);
        for (int i = 0; i < 200; i++) {
            final int at = random.nextInt(WIDTH * HEIGHT);
            final byte before = pixels.get(at);
            pixels.put(at, (byte) (before ^ 1));
            assertThat(measure(pixels).checksum()).as("pixel %d", at).isNotEqualTo(checksum);
            pixels.put(at, before);
        }
        assertThat(measure(pixels).checksum()).isEqualTo(checksum);
    }

    @Test
    void thePlaceOfATileMattersToTheChecksum() {
        final ByteBuffer left = ByteBuffer.allocate(WIDTH * HEIGHT);
        final ByteBuffer right = ByteBuffer.allocate(WIDTH * HEIGHT);
        left.put(0, (byte) 9);
        right.put(64, (byte) 9);

        assertThat(measure(left).checksum()).isNotEqualTo(measure(right).checksum());
        assertThat(measure(left).brightness()).isEqualTo(measure(right).brightness());
    }

    @Test
    void theKindOfBufferDoesNotMatter() {
        final ByteBuffer heap = noise(3);
        final ByteBuffer direct = ByteBuffer.allocateDirect(WIDTH * HEIGHT).order(ByteOrder.LITTLE_ENDIAN);
        direct.put(0, heap, 0, heap.limit());

        assertThat(measure(direct.asReadOnlyBuffer())).isEqualTo(measure(heap));
    }

    @Test
    void aFrameThatIsNotMadeOfTilesIsRefused() {
        final Frame odd = new Frame(0, 0, 64, 65, ByteBuffer.allocate(64 * 65));

        assertThatThrownBy(() -> TileMeter.measure(odd))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64 x 65");
    }

    @Test
    void aFrameWhosePixelsDoNotMatchItsSizeIsRefused() {
        assertThatThrownBy(() -> new Frame(0, 0, 64, 64, ByteBuffer.allocate(100)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("100");
    }

    private static FrameReport measure(final ByteBuffer pixels) {
        return TileMeter.measure(new Frame(0, 0, WIDTH, HEIGHT, pixels));
    }

    private static ByteBuffer noise(final long seed) {
        final byte[] pixels = new byte[WIDTH * HEIGHT];
        new Random(seed).nextBytes(pixels);
        return ByteBuffer.wrap(pixels);
    }
}
