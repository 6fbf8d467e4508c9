package dev.maar.agent.job;

/**
 * What the machine did around a live pair.
 *
 * @param load the load average over one minute at the start
 * @param stealShare the share of CPU time that the hypervisor took, 0 to 1; -1 when not known
 * @param foreignShare the share of all cores' time that neither the forks nor this agent used, 0 to 1; -1 when not known
 * @param majorFaults major page faults of the machine meanwhile; -1 when not known
 * @param millis how long the pair took in all
 */
public record Surroundings(double load, double stealShare, double foreignShare, long majorFaults, long millis) {}
