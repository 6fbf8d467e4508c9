package dev.maar.adopters.frames;

/**
 * What the inspector found in one frame.
 *
 * @param camera which camera took it
 * @param number its place among the camera's frames
 * @param checksum a checksum over all tiles
 * @param brightness the mean brightness, 0 to 255
 * @param darkest the mean brightness of the darkest tile
 * @param brightest the mean brightness of the brightest tile
 */
public record FrameReport(
        int camera, long number, long checksum, double brightness, double darkest, double brightest) {}
