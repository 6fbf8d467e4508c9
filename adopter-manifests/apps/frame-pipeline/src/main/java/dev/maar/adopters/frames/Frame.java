package dev.maar.adopters.frames;

import java.nio.ByteBuffer;

/**
 * One picture, a byte of brightness for each pixel, row by row. Immutable as long as its pixels are left alone.
 *
 * @param camera which camera took it
 * @param number its place among the camera's frames, counting from 0
 * @param width pixels in a row
 * @param height rows
 * @param pixels the pixels, width times height bytes from index 0; where it came over a transport, valid only as long
 *     as the message
 */
public record Frame(int camera, long number, int width, int height, ByteBuffer pixels) {

    /** Refuses a frame whose pixels do not match its size. */
    public Frame {
        if (pixels.limit() != width * height) {
            throw new IllegalArgumentException(
                    "a frame of " + width + " x " + height + " pixels can not have " + pixels.limit());
        }
    }
}
