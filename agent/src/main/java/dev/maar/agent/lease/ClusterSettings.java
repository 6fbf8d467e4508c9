package dev.maar.agent.lease;

import java.time.Duration;
import java.util.List;

/**
 * How a process takes part in a farm's cluster.
 *
 * @param name the cluster's name, the same for all
 * @param address the address of this machine to listen on, and the only one that is used; default 127.0.0.1
 * @param port the port to listen on, and no other is tried; 0 for any free one
 * @param coordinators where coordinators are, as {@code HOST:PORT}; a lone coordinator names none
 * @param lease how long a job stays with an agent that is not heard of; default 15 s
 */
public record ClusterSettings(String name, String address, int port, List<String> coordinators, Duration lease) {

    /** The name of a cluster that is not given one. */
    public static final String NAME = "maar";
    /** Where everybody listens who is not told otherwise: nobody else's machine can reach it. */
    public static final String ADDRESS = "127.0.0.1";
    /** Where a coordinator listens who is not told otherwise. */
    public static final int PORT = 5701;
    /** Well above a pause of the collector or a moment without network, well below what waiting for a lost job costs. */
    public static final Duration LEASE = Duration.ofSeconds(15);

    /** Copies the list. */
    public ClusterSettings {
        coordinators = List.copyOf(coordinators);
    }

    /** How often an agent says that it still works at a job: several times a lease, so that one lost word costs nothing. */
    Duration renewal() {
        return lease.dividedBy(5);
    }
}
