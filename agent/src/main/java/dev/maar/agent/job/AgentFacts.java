package dev.maar.agent.job;

import java.util.List;
import java.util.Objects;

/**
 * What an agent is, read from its machine and not from configuration.
 *
 * @param id unique among the agents of an experiment
 * @param name what people call it: its host name
 * @param cpu the CPU's model
 * @param cores how many processors the JVM may use
 * @param memoryBytes the machine's memory
 * @param os the operating system's name
 * @param kernel its version
 * @param jdks the JDK builds it can use, the one that runs forks by default first
 * @param sandbox what keeps builds, tests and forks to their place, such as {@code bwrap}; {@code none} when nothing does
 */
public record AgentFacts(
        String id,
        String name,
        String cpu,
        int cores,
        long memoryBytes,
        String os,
        String kernel,
        List<String> jdks,
        String sandbox) {

    /** Copies the list. Facts that were kept before there were sandboxes name none. */
    public AgentFacts {
        sandbox = Objects.requireNonNullElse(sandbox, "none");
        jdks = List.copyOf(jdks);
    }
}
