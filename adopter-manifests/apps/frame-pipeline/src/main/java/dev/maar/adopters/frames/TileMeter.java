package dev.maar.adopters.frames;

import java.nio.ByteBuffer;

/**
 * Measures a frame tile by tile, eight pixels at a time, in the buffer where the frame lies. Pure functions.
 *
 * <p>The checksum of a tile is FNV-1a (Fowler, Noll and Vo) with eight bytes a step; a frame's is the same over the
 * checksums of its tiles, so it depends on every pixel and on its place.
 */
final class TileMeter {

    /** Width and height of a tile in pixels. */
    static final int TILE = 64;

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    /** Every other byte of a word, and room for sums of them in the bytes between. */
    private static final long EVEN_BYTES = 0x00ff00ff00ff00ffL;
    /** Times this, the highest sixteen bits of a word become the sum of its four lanes of sixteen bits. */
    private static final long ADD_LANES = 0x0001000100010001L;

    private TileMeter() {}

    /**
     * Measures a frame.
     *
     * @param frame a frame of whole tiles
     * @return what was found
     * @throws IllegalArgumentException when its width or height is not a multiple of {@value #TILE}
     */
    static FrameReport measure(final Frame frame) {
        final int width = frame.width();
        final int height = frame.height();
        if (width % TILE != 0 || height % TILE != 0) {
            throw new IllegalArgumentException(
                    "a frame of " + width + " x " + height + " pixels is not made of tiles of " + TILE + " x " + TILE);
        }
        // A duplicate is big-endian whatever the buffer was, so the checksum does not depend on how the frame came.
        final ByteBuffer pixels = frame.pixels().duplicate();
        long checksum = FNV_OFFSET;
        long total = 0;
        long darkest = Long.MAX_VALUE;
        long brightest = 0;
        for (int top = 0; top < height; top += TILE) {
            for (int left = 0; left < width; left += TILE) {
                final int corner = top * width + left;
                final long sum = brightness(pixels, corner, width);
                checksum = (checksum ^ checksum(pixels, corner, width)) * FNV_PRIME;
                total += sum;
                darkest = Math.min(darkest, sum);
                brightest = Math.max(brightest, sum);
            }
        }
        final double tilePixels = TILE * TILE;
        return new FrameReport(
                frame.camera(),
                frame.number(),
                checksum,
                (double) total / (width * height),
                darkest / tilePixels,
                brightest / tilePixels);
    }

    private static long checksum(final ByteBuffer pixels, final int corner, final int width) {
        long checksum = FNV_OFFSET;
        for (int row = 0; row < TILE; row++) {
            final int from = corner + row * width;
            for (int i = 0; i < TILE; i += Long.BYTES) {
                checksum = (checksum ^ pixels.getLong(from + i)) * FNV_PRIME;
            }
        }
        return checksum;
    }

    private static long brightness(final ByteBuffer pixels, final int corner, final int width) {
        long sum = 0;
        for (int row = 0; row < TILE; row++) {
            final int from = corner + row * width;
            // A lane adds two bytes a step: 16 bytes of a row of 64, at most 4,080, far from its 65,535.
            long lanes = 0;
            for (int i = 0; i < TILE; i += Long.BYTES) {
                final long eight = pixels.getLong(from + i);
                lanes += (eight & EVEN_BYTES) + (eight >>> Byte.SIZE & EVEN_BYTES);
            }
            sum += lanes * ADD_LANES >>> 48;
        }
        return sum;
    }
}
