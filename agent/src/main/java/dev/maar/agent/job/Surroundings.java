package dev.maar.agent.job;

/**
 * What the machine did around a live pair. What this machine does not tell is -1.
 *
 * @param load the load average over one minute at the start
 * @param stealShare the share of CPU time that the hypervisor took, 0 to 1
 * @param foreignShare the share of all cores' time that neither the forks nor this agent used, 0 to 1
 * @param majorFaults major page faults of the machine meanwhile
 * @param swappedPages pages that the machine swapped in or out meanwhile
 * @param megahertz the cores' mean clock frequency at the end
 * @param canaryShift by how much longer than usual a fixed piece of work took, right before or right after, whichever was longer: 0.05 is
 *     5 % longer. Negative when it was quicker
 * @param millis how long the pair took in all
 */
public record Surroundings(
        double load,
        double stealShare,
        double foreignShare,
        long majorFaults,
        long swappedPages,
        double megahertz,
        double canaryShift,
        long millis) {

    /** A value that the machine does not tell. */
    public static final double UNKNOWN = -1;
}
