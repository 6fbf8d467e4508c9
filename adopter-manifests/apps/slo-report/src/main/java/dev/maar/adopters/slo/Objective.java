package dev.maar.adopters.slo;

/**
 * What was promised.
 *
 * @param percentile of the requests, for example 99.9
 * @param micros take no longer than this
 */
public record Objective(double percentile, long micros) {}
