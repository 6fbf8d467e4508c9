package dev.maar.adopters.telemetry;

/**
 * One value of one sensor.
 *
 * @param sensor which sensor, counting from 0
 * @param counter the sensor's readings so far, wrapping at {@link #COUNTERS}, so that lost ones show
 * @param value what was read
 */
public record Reading(int sensor, int counter, double value) {

    /** How many counters there are: 0 to 255, one byte. */
    public static final int COUNTERS = 256;
}
