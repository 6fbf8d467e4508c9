package dev.maar.agent.job;

/**
 * How a live pair is run. All times in nanoseconds.
 *
 * @param rounds how many rounds of one slice a side
 * @param sliceNanos how long a slice should take
 * @param warmUpLeastNanos the least time spent warming up each side
 * @param warmUpMostNanos the most time spent warming up each side
 * @param steadySpread the relative spread of the last slices under which a fork is warm
 */
public record PairSettings(
        int rounds, long sliceNanos, long warmUpLeastNanos, long warmUpMostNanos, double steadySpread) {}
