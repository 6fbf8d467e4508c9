package dev.maar.agent.fork;

/**
 * What a fork says of one run.
 *
 * @param operations how many operations it ran
 * @param nanos how long they took, by its own clock
 * @param allocatedBytes what all threads allocated meanwhile; -1 when not known
 * @param cpuNanos its CPU time meanwhile, as it knows it; -1 when not known
 */
public record RunReply(long operations, long nanos, long allocatedBytes, long cpuNanos) {}
