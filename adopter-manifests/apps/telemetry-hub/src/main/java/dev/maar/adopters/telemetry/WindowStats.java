package dev.maar.adopters.telemetry;

/**
 * What a sensor read during one window.
 *
 * @param sensor which sensor
 * @param window the window's number, counting from 0 for each sensor
 * @param count how many readings it has
 * @param min the least value
 * @param max the greatest value
 * @param mean the mean value
 * @param deviation the standard deviation of the sample; 0 for a single reading
 */
public record WindowStats(int sensor, long window, int count, double min, double max, double mean, double deviation) {}
