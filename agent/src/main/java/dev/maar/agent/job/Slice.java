package dev.maar.agent.job;

/**
 * One timed slice of one side's fork.
 *
 * @param round the round, from 0
 * @param side the side
 * @param operations how many operations it ran
 * @param nanos how long they took, by the fork's own clock
 * @param allocatedBytes what all threads allocated meanwhile; -1 when not known
 * @param cpuNanos CPU time of the fork meanwhile; -1 when not known
 */
public record Slice(int round, SideName side, long operations, long nanos, long allocatedBytes, long cpuNanos) {}
